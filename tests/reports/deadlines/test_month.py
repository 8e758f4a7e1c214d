"""The calendar of a month: its squares, the ways on, odd addresses, queries, isolation."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import DeadlineFactory
from tests.reports.views.reading import markup, words

DAY = {"au": "2025-04-01"}


def month(service, **asked: str):
    return service.client.get("/echeances/calendrier/", DAY | asked)


def test_a_deadline_is_in_the_square_of_its_day_with_its_state_in_words(service):
    page = words(month(service))
    assert "Avril 2025" in page
    assert "mardi 15 " in page
    assert "CASG-24, à faire" in page
    assert "100 000,00 €" in page


def test_the_month_is_a_table_of_whole_weeks_with_its_days_as_heads(service):
    page = markup(month(service))
    assert page.count('<th scope="col" role="columnheader">') == 7
    assert page.count("<td ") % 7 == 0
    assert 'aria-current="date"' in page


def test_one_goes_to_the_month_before_and_after_and_keeps_the_day(service):
    page = markup(month(service, mois="2025-01"))
    assert 'rel="prev" href="?mois=2024-12&au=2025-04-01"' in page
    assert 'rel="next" href="?mois=2025-02&au=2025-04-01"' in page


def test_a_month_without_deadline_says_so_and_leads_to_the_next_one(service):
    page = markup(month(service, mois="2025-01"))
    assert "Aucune échéance ce mois-ci." in page
    assert 'href="?mois=2025-04&au=2025-04-01">La suivante : avril 2025</a>' in page


@pytest.mark.parametrize("asked", ["", "avril", "2025-13", "1900-01", "9999-99", "2025-04-01", "²"])
def test_a_month_that_cannot_be_read_is_the_one_of_the_day(service, asked):
    assert "Avril 2025" in words(month(service, mois=asked))


def test_the_first_month_of_our_time_leads_only_forward(service):
    page = markup(month(service, mois="1990-01"))
    assert 'rel="prev"' not in page
    assert 'rel="next"' in page


def test_another_service_is_not_in_the_calendar(service, other):
    assert "CASG-24" not in words(month(other))


def queries(service) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert month(service).status_code == 200
    return len(asked)


def test_the_queries_of_a_month_do_not_grow_with_its_deadlines(service):
    first = queries(service)
    for number in range(20):
        DeadlineFactory(award=service.award, code=f"autre-{number}")
    assert queries(service) == first
