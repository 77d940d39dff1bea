"""Writing reports as files; leading them from draft to approval."""
