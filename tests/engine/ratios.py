"""Fractions for the properties, drawn from two whole numbers."""

from fractions import Fraction

from hypothesis import strategies as st


def ratios(most: int | Fraction, finest: int) -> st.SearchStrategy[Fraction]:
    """Fractions from 0 to `most`, both included, whose denominator is at most `finest`.

    `st.fractions` draws the same, but makes a new strategy at each draw: ten times slower.
    """

    def ratio(drawn: tuple[int, int]) -> Fraction:
        bottom, top = drawn
        return Fraction(top % (int(most * bottom) + 1), bottom)

    return st.tuples(st.integers(1, finest), st.integers(0, int(most * finest))).map(ratio)
