"""Reading what reports are written from."""
