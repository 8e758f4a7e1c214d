"""The first demonstration employer, written by hand: two approvals, fourteen workers."""
