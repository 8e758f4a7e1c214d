"""What a board reads of scenarios: tables, pictures, reasons, and a note of four pages."""
