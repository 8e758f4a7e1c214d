"""Evidence files: which kept file proves which row, for every kind of row that wants proof."""
