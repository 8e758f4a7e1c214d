"""Files that people hand in, looked at and imported by jobs."""
