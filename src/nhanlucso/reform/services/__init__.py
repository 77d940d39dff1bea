"""Writing resolutions, carrying them out, and saying where things went."""
