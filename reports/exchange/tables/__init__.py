"""The sheets of the workbook, by subject."""
