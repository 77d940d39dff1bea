"""The room of units."""
