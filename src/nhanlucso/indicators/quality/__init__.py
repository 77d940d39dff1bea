"""Doubts about records, declared as rules: who is in two places at once, what was copied, what is missing."""
