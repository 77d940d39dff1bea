"""What a resolution asks for, and what it does to the tree: plain values."""
