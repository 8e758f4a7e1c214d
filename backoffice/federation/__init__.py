"""Organisations, approvals, sites, people's access and the figures that users fill in."""
