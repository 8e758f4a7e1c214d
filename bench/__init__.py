"""Measures of the product, printed as one table; nothing here asserts a time."""
