"""The log of communications, beside the room of teams."""
