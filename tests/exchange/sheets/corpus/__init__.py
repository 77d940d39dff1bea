"""Lists as offices make them, put together from a world of its own: what is in the files, and what is true."""
