"""Rows of the database read into the facts of a projection, for one organisation or many."""
