"""What is kept of people for what, how long, and taking away what is past."""
