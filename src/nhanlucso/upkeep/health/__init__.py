"""Looking whether an installation is well. Nothing is mended and nothing is made."""
