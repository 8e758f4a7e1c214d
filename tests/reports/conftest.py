"""What the tests of pages share."""

import pytest


@pytest.fixture(autouse=True)
def first_look_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look of a day at a page is written, the next ones are not: here pages are counted.

    tests/federation/audit/test_looks.py tries the looks themselves.
    """
    monkeypatch.setattr("backoffice.federation.audit.looks.looked", lambda *_args, **_named: None)
