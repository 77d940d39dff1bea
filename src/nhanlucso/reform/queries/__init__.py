"""Resolutions, what they touch, and what is still to be assigned."""
