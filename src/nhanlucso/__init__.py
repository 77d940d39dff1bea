"""Nhân lực số: from plan to proof, digital skills of a province."""

__version__ = "0.1.0"
