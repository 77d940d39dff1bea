"""Marking, putting people on a roster, confirming it, keeping its papers."""
