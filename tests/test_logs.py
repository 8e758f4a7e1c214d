"""The logs of the site: where an error happened and what kind it is, never what it says."""

import logging

import pytest
from django.db import IntegrityError

from backoffice.logs import WithoutValues
from tests.factories import UserFactory
from tests.people import signed_in

NAME = "Dupont Marie"
ROW = f"DETAIL:  Failing row contains (7, {NAME}, 1820.45)."


@pytest.mark.django_db
def test_a_page_that_fails_on_a_row_logs_nothing_of_the_row(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> None:
        try:
            int(NAME)
        except ValueError as error:
            raise IntegrityError(f"violates check constraint\n{ROW}") from error

    client = signed_in(UserFactory())
    client.raise_request_exception = False
    monkeypatch.setattr("backoffice.federation.languages.language_of", refused)
    assert client.get("/regles/").status_code == 500
    (record,) = [one for one in caplog.records if one.name == "django.request"]
    ours = [one.formatter for one in logging.getLogger().handlers if _is_ours(one)]
    assert ours, "the handler of the settings is the root's"
    record.exc_text = None
    line = ours[0].format(record)
    assert "/regles/" in line
    assert "IntegrityError" in line
    assert "builtins.ValueError" in line
    assert "in refused" in line
    assert NAME not in line
    assert "1820.45" not in line


def _is_ours(handler: logging.Handler) -> bool:
    return isinstance(handler.formatter, WithoutValues)
