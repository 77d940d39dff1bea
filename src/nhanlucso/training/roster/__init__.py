"""Taking attendance: the roster of a class shared by its hosts and the units of its people."""
