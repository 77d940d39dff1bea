"""Writing teams, who sits on them, and the help they gave."""
