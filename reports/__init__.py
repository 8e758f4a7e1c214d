"""Ledger, checks, justifications and the workbook exchange: what stands on all the rest."""
