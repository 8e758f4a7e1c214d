"""A whole site in one file, and back: rows, evidence files, manifest; never the keys."""
