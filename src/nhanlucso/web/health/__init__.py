"""What machines of the operator ask: does it live, is it ready, its measures."""
