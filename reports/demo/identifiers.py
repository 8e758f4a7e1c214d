"""Invented identifiers whose check digits are right: they look real and belong to nobody."""

_NOBODY = 9990000
_NO_BANK = "999"
_BE_AS_DIGITS = "111400"


def enterprise_number(rank: int) -> str:
    """Ten digits that start with 0999; the last two are 97 - (first eight mod 97).

    Args:
        rank: 0 to 9999, one per invented enterprise.
    """
    base = _NOBODY + rank
    return f"{base:08d}{97 - base % 97:02d}"


def iban(rank: int) -> str:
    """A Belgian IBAN of bank 999, which does not exist; both check numbers are right."""
    account = f"{_NO_BANK}{rank:07d}"
    bban = f"{account}{int(account) % 97 or 97:02d}"
    return f"BE{98 - int(bban + _BE_AS_DIGITS) % 97:02d}{bban}"
