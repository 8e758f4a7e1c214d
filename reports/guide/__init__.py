"""The user guide on the site: chapters in French and Dutch, and the one that a page points to."""
