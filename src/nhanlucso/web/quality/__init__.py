"""Quality of figures: what the rules found, mended or accepted."""
