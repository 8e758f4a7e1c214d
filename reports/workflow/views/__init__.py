"""The pages of the way of a justification."""
