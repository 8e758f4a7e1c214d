"""A scenario as a TOML file: read without losing a cent, written back the same."""
