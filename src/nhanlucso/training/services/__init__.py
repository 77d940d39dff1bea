"""Writing classes, invitations, attendance."""
