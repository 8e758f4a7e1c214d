"""The way of a justification: its moves, what is compared, the funder's decision, rehearsals."""
