"""Changing the keys that values are sealed and matched with."""
