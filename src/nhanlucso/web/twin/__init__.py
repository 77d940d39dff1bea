"""Figures on the boundaries of then and of now, side by side."""
