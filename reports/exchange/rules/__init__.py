"""What a row must respect with regard to the others: one function per rule, run over all rows."""
