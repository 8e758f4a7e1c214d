"""What is done to the rows of the invoices app, one function per act."""
