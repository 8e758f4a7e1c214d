"""No address without a walk: the table of rights covers the whole site."""

from tests.addresses import views
from tests.walk import ENTRIES

SIGN_IN = ("account_", "mfa_", "usersessions_")
"""Each person's own sign-in, second factor and sessions: no role changes anything there."""


def test_every_address_of_the_site_has_its_line_in_the_walk():
    """See `tests/walk.py`: one line there, then its rows in `tests/golden/rights.csv`."""
    assert sorted(set(views()) - set(ENTRIES)) == []
    assert sorted(set(ENTRIES) - set(views())) == []


def test_every_page_of_ours_says_which_right_it_asks_for():
    """What is open to anyone is named here."""
    silent = {name for name, view in views().items() if not hasattr(view, "right")}
    ours = {name for name in silent if ":" not in name and not name.startswith(SIGN_IN)}
    assert ours == {"set_language", "health", "calendar_feed"}
