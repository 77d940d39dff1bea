"""The problems of a list as comments in the file that it came in."""

from nhanlucso.exchange.sheets.commenting.making import commented

__all__ = ["commented"]
