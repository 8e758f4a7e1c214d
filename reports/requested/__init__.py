"""Files that somebody asks for: each is written by a job and fetched on its page."""
