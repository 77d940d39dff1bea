"""The page of patterns: every component and state, to build from and to look at."""
