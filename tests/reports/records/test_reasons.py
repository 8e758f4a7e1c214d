"""What a form says of the reason before it is asked."""

from django.urls import reverse

from tests.reports.records.reading import address
from tests.reports.records.situations import BY_SLUG
from tests.reports.views.reading import words


def reason_label(page):
    return words(page).partition("Motif du changement")[2][:40]


def test_a_reason_that_will_be_asked_is_not_called_optional(service):
    term, worker = service.award.terms.first(), service.organisation.workers.first()
    asked = service.client.get(address("change_row", BY_SLUG["terms"], term))
    assert "facultatif" not in reason_label(asked)
    free = service.client.get(address("change_row", BY_SLUG["workers"], worker))
    assert "facultatif" in reason_label(free)
    new = service.client.get(reverse("new_row", args=["assignments"]))
    assert "facultatif" not in reason_label(new)
