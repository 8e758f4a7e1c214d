"""An app of kinds that a test can interrupt, for workers in processes of their own."""
