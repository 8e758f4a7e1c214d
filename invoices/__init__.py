"""Suppliers, invoices with their evidence, and the ventilation of invoices over awards."""
