"""The versioned workbook of one employer-year, in and out."""
