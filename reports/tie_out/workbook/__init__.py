"""The sheets of the workbook of a tie-out."""
