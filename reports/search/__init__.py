"""One search over everything that the user may see."""
