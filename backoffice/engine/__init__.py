"""The arithmetic that decides public money: pure, dated, exact and explained."""
