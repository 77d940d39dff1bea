"""Judging report capsules on a page, for who holds one."""
