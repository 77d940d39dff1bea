"""Looking around in the units: the tree of a day, and one unit through time."""
