"""The best allocation of a year: its cells, its solution, its page and what is accepted of it."""
