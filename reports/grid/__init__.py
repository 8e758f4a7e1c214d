"""The allocation grid: which share of whom is charged on which award, month by month."""
