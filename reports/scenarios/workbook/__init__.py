"""A comparison as a workbook: values by month, and every total, delta and bridge a live formula."""
