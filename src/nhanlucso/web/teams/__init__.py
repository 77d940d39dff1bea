"""The room of community digital teams."""
