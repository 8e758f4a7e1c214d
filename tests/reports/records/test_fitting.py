"""Posts and payments that do not fit their award: refused at their field, or asked about."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from grants.models import Award, Instalment, Post
from tests.reports.records.reading import address, create, form_data
from tests.reports.records.situations import BY_SLUG, REASON
from tests.reports.views.conftest import Service


@pytest.fixture(autouse=True)
def ended(service: Service) -> Award:
    """The award of the service, until the end of 2025."""
    service.award.ends_on = date(2025, 12, 31)
    service.award.save()
    return service.award


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("01/01/2030", "", "starts_on"),
        ("01/01/2026", "31/01/2026", "starts_on"),
        ("01/01/2025", "01/01/2026", "ends_on"),
        ("31/12/2023", "", "starts_on"),
    ],
)
def test_a_post_outside_its_award_is_refused(
    service: Service, first: str, last: str, field: str
) -> None:
    page = create(service, BY_SLUG["posts"], starts_on=first, ends_on=last)
    assert page.status_code == 422
    assert "va du 01/01/2024 au 31/12/2025" in " ".join(page.context["form"].errors[field])


def test_a_post_may_last_as_long_as_its_award(service: Service) -> None:
    kept = create(service, BY_SLUG["posts"], starts_on="01/01/2024", ends_on="31/12/2025")
    assert kept.status_code == 302


def test_the_last_day_of_a_post_stays_within_its_award(service: Service) -> None:
    case = BY_SLUG["posts"]
    where = address("end_row", case, service.post)
    said = {"reason": REASON, "version": form_data(service, case, service.post)["version"]}
    page = service.client.post(where, said | {"ends_on": "01/01/2026"})
    assert "ends_on" in page.context["form"].errors
    assert service.client.post(where, said | {"ends_on": "31/12/2025"}).status_code == 302


def test_an_award_does_not_end_before_its_posts(service: Service) -> None:
    case = BY_SLUG["awards"]
    Post.objects.filter(pk=service.post.pk).update(ends_on=date(2025, 6, 30))
    said = {"reason": REASON, "version": form_data(service, case, service.award)["version"]}
    where = address("end_row", case, service.award)
    page = service.client.post(where, said | {"ends_on": "29/06/2025"})
    assert "P1 va du 01/01/2024 au 30/06/2025" in page.context["form"].errors["ends_on"][0]
    assert service.client.post(where, said | {"ends_on": "30/06/2025"}).status_code == 302


def test_a_payment_is_received_today_at_the_latest(service: Service) -> None:
    case, today = BY_SLUG["receipts"], timezone.localdate()
    tomorrow = today + timedelta(days=1)
    page = create(service, case, received_on=f"{tomorrow:%d/%m/%Y}")
    assert page.status_code == 422
    assert "à venir" in " ".join(page.context["form"].errors["received_on"])
    assert create(service, case, received_on=f"{today:%d/%m/%Y}").status_code == 302


@pytest.mark.parametrize("slug", ["receipts", "instalments"])
def test_a_payment_is_of_an_exercise_of_its_award(service: Service, slug: str) -> None:
    page = create(service, BY_SLUG[slug], year="2030")
    assert page.status_code == 422
    assert "pas d'exercice 2030" in " ".join(page.context["form"].errors["year"])


@pytest.mark.parametrize(
    ("due", "times"),
    [("31/12/2026", 0), ("01/01/2027", 1), ("01/01/2023", 0), ("31/12/2022", 1)],
)
def test_a_payment_expected_far_from_its_exercise_is_kept_and_asked_about(
    service: Service, due: str, times: int
) -> None:
    page = create(service, BY_SLUG["instalments"], due_on=due)
    assert page.status_code == 302
    assert Instalment.objects.filter(award=service.award, number=9).exists()
    said = service.client.get(page["Location"]).content.decode()
    assert said.count("loin de son exercice (2024)") == times
