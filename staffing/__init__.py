"""Workers, contract lines, pay months by cost item and assignments to posts."""
