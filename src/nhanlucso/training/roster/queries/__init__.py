"""Reading rosters, what units say of them, and their papers."""
