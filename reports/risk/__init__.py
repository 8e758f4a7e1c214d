"""What the awards of a service may have to give back, seen from any month, and what would help."""
