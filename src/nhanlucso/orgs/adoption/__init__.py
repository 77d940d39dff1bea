"""Taking units from the national catalogue into the installation, and following its changes.

A unit of ours is linked to an entry of the catalogue by its key. Entries that only a rename or a move joins are one
unit of ours with several versions; any other change makes new units and rows of `UnitChange`.
"""
