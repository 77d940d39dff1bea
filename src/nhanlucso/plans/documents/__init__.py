"""Programmes, plans with their targets and activities, directives."""
