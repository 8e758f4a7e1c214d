"""What an award may have to give back: the projection, how wrong it was before, what would help."""
