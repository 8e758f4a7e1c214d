"""Scenarios: written, read, kept, run on the projection and set beside what stands today."""
