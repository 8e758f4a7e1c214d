"""Tie-out: the dossiers of a year against the accounts, class by class and approval by approval."""
