"""The administration of applications, budgets and renewals: own rows only, nothing of another."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from backoffice.federation.models import Organisation
from grants.models import Application, Award
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    AwardFactory,
    BudgetLineFactory,
    CalendarFeedFactory,
    DeadlineEventFactory,
    DeadlineFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def staff_of(organisation: Organisation) -> Client:
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="grants"))
    MembershipFactory(user=user, organisation=organisation)
    client = Client()
    client.force_login(user)
    return client


def fields_of(award: Award, **changes: str) -> dict[str, str]:
    data = {
        "organisation": str(award.organisation_id),
        "approval": "",
        "reference": award.reference,
        "scheme": award.scheme,
        "label": award.label,
        "letter_reference": award.letter_reference,
        "letter_on": "01/12/2023",
        "notified_on": "05/12/2023",
        "starts_on": "01/01/2024",
        "ends_on": "31/12/2024",
    }
    for name in ("terms", "posts", "amendments", "instalments", "receipts"):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    return data | changes


@pytest.mark.parametrize(
    ("path", "make"),
    [("application", ApplicationFactory), ("budgetline", BudgetLineFactory)],
)
def test_staff_sees_the_rows_of_its_own_service_only(path: str, make) -> None:
    own, other = make(label="Le nôtre"), make(label="Le leur")
    client = staff_of(own.organisation)
    page = client.get(f"/admin/grants/{path}/").content.decode()
    assert "Le nôtre" in page
    assert "Le leur" not in page
    assert client.get(f"/admin/grants/{path}/{other.pk}/change/").status_code == 302
    assert client.get(f"/admin/grants/{path}/{own.pk}/change/").status_code == 200


def test_the_awards_and_applications_of_another_service_cannot_be_chosen() -> None:
    own, other = AwardFactory(), AwardFactory(reference="LE-LEUR")
    asked = ApplicationFactory(organisation=other.organisation, reference="DEM-LEUR")
    line = BudgetLineFactory(organisation=own.organisation)
    client = staff_of(own.organisation)
    for path in (f"award/{own.pk}", f"budgetline/{line.pk}"):
        page = client.get(f"/admin/grants/{path}/change/").content.decode()
        assert "LE-LEUR" not in page
        assert asked.reference not in page


def test_an_award_renews_one_of_its_own_organisation() -> None:
    own, other = AwardFactory(), AwardFactory()
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    form = fields_of(own, renews=str(other.pk))
    page = client.post(f"/admin/grants/award/{own.pk}/change/", form).content.decode()
    assert "celle d&#x27;une autre organisation" in page
    own.refresh_from_db()
    assert own.renews is None


def test_a_letter_is_whole_or_to_come() -> None:
    award = AwardFactory()
    client = staff_of(award.organisation)
    address = f"/admin/grants/award/{award.pk}/change/"
    page = client.post(address, fields_of(award, letter_on="")).content.decode()
    assert "laissez les trois vides" in page
    blank = {"letter_reference": "", "letter_on": "", "notified_on": ""}
    assert client.post(address, fields_of(award, **blank)).status_code == 302
    award.refresh_from_db()
    assert award.is_expected


def test_an_application_names_an_award_of_its_own_organisation() -> None:
    asked, other = ApplicationFactory(), AwardFactory()
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    form = {
        "organisation": str(asked.organisation_id),
        "reference": asked.reference,
        "year": "2025",
        "funder": asked.funder,
        "scheme": "",
        "label": asked.label,
        "amount_0": "1000",
        "amount_1": "EUR",
        "state": "granted",
        "asked_on": "30/09/2024",
        "award": str(other.pk),
    }
    page = client.post(f"/admin/grants/application/{asked.pk}/change/", form).content.decode()
    assert "celle d&#x27;une autre organisation" in page
    assert Application.objects.get().award is None


def test_staff_reads_the_deadlines_of_its_own_service_and_changes_none() -> None:
    own = DeadlineEventFactory(deadline__label_fr="Le nôtre").deadline
    other = DeadlineFactory(label_fr="Le leur")
    client = staff_of(own.award.organisation)
    page = client.get("/admin/grants/deadline/").content.decode()
    assert "Le nôtre" in page
    assert "Le leur" not in page
    shown = client.get(f"/admin/grants/deadline/{own.pk}/change/").content.decode()
    assert "Accord du pouvoir subsidiant" in shown
    assert client.post(f"/admin/grants/deadline/{own.pk}/change/", {}).status_code == 403
    assert client.get(f"/admin/grants/deadline/{other.pk}/change/").status_code == 302


def test_staff_sees_who_has_the_calendar_of_its_service_and_never_the_secret() -> None:
    own = CalendarFeedFactory(user=None, approval=ApprovalFactory(), created_by=UserFactory())
    other = CalendarFeedFactory(user=None, approval=ApprovalFactory(), created_by=UserFactory())
    client = staff_of(own.approval.organisation)
    page = client.get("/admin/grants/calendarfeed/").content.decode()
    assert own.created_by.username in page
    assert other.created_by.username not in page
    shown = client.get(f"/admin/grants/calendarfeed/{own.pk}/change/")
    assert shown.status_code == 200
    assert own.digest not in shown.content.decode()
