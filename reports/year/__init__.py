"""The year of a finance officer: opening balances, applications, roll-over, amendments."""
