"""The room of resolutions on units."""
