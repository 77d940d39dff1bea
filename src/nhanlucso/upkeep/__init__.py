"""Keeping an installation: copies of it, restoring them, looking whether all is well. No models of its own."""
