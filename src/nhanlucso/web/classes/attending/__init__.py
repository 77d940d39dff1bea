"""Taking attendance: the sheet of a session, the roster, what units say of it, its papers."""
