"""Indicators that are composed here from an audience, an event and a window."""
