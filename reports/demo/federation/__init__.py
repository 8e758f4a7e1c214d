"""The other thirty-nine employers, drawn from a fixed seed: the same plan and rows at each call."""
