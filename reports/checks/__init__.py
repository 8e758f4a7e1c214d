"""Checks of a justification before it leaves: one rule, one function; all findings at once."""
