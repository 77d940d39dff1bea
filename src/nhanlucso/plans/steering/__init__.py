"""Steering boards with their seats."""
