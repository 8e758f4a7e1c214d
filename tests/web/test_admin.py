"""The administration: figures with a code, a value and a source; awards with readable terms."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backoffice.federation.models import FigureEntry
from grants.models import Award
from tests.factories import (
    ActivityVolumeFactory,
    ApprovalFactory,
    AwardFactory,
    FigureEntryFactory,
    InstalmentFactory,
    MembershipFactory,
    OrganisationFactory,
    ReceiptFactory,
    SiteFactory,
    TermFactory,
    UserFactory,
)

# Django's and import-export's own templates use names that are not always there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ENTRY = {
    "code": "maribel.ceiling_332",
    "since": "01/01/2026",
    "value": "46 607,60",
    "decided_on": "",
    "status": "to_confirm",
    "source": "Lettre du fonds",
    "source_url": "",
    "verified_on": "15/01/2026",
}


@pytest.fixture
def boss() -> Client:
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize(
    "path",
    [
        "",
        "federation/organisation/",
        "federation/approval/",
        "federation/site/",
        "federation/figureentry/",
        "federation/figureentry/import/",
        "grants/award/",
    ],
)
def test_every_list_opens_in_french_and_says_demo(boss, path):
    AwardFactory()
    SiteFactory()
    FigureEntryFactory()
    page = boss.get(f"/admin/{path}").content.decode()
    assert '<html lang="fr"' in page
    assert "<strong>DEMO</strong>" in page


@pytest.mark.parametrize("path", ["", "grants/award/", "federation/figureentry/"])
def test_a_user_of_a_service_has_no_administration(path):
    client = Client()
    client.force_login(MembershipFactory().user)
    assert client.get(f"/admin/{path}").status_code == 302


def test_no_person_and_no_pay_can_be_administered(boss):
    for model in ("worker", "payitem", "workerdocument", "dmfaline"):
        assert boss.get(f"/admin/staffing/{model}/").status_code == 404
    assert boss.get("/admin/invoices/invoice/").status_code == 404


def test_the_volumes_of_an_approval_are_on_its_page(boss):
    volume = ActivityVolumeFactory()
    page = boss.get(f"/admin/federation/approval/{volume.approval_id}/change/").content.decode()
    assert "Apprentissage du français" in page
    assert "RASH 2025" in page


def test_a_figure_is_stored_as_exact_text(boss):
    boss.post("/admin/federation/figureentry/add/", ENTRY)
    entry = FigureEntry.objects.get()
    assert (entry.value, entry.since) == ("46607.60", date(2026, 1, 1))
    assert entry.entered_by is not None
    assert entry.entered_at is not None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": "maribel.rien"}, "Aucune valeur de référence ne porte le code"),
        ({"value": "beaucoup"}, "pas un nombre"),
        ({"value": "1/0"}, "pas un nombre"),
        ({"source": "  "}, "Ce champ est obligatoire"),
        ({"since": "31/02/2026"}, "date valide"),
    ],
)
def test_a_figure_without_code_value_source_or_day_is_refused(boss, changes, message):
    response = boss.post("/admin/federation/figureentry/add/", ENTRY | changes)
    assert message in response.content.decode()
    assert not FigureEntry.objects.exists()


HEADER = "code,since,value,decided_on,status,source,source_url,verified_on\n"


def import_figures(boss, row: str):
    file = SimpleUploadedFile("figures.csv", (HEADER + row).encode(), content_type="text/csv")
    data = {"import_file": file, "format": "1", "resource": ""}
    return boss.post("/admin/federation/figureentry/import/", data)


def test_figures_are_imported_under_the_rules_of_the_form(boss):
    row = 'maribel.ceiling_332,2026-01-01,"46607,60",,to_confirm,Lettre,,2026-01-15\n'
    page = import_figures(boss, row).content.decode()
    assert "46607.60" in page
    assert 'name="import_file_name"' in page


def test_imported_figures_say_who_brought_them(boss):
    row = 'maribel.ceiling_332,2026-01-01,"46607,60",,to_confirm,Lettre,,2026-01-15\n'
    found = re.findall(r'name="(\w+)" value="([^"]*)"', import_figures(boss, row).content.decode())
    boss.post("/admin/federation/figureentry/process_import/", dict(found))
    assert FigureEntry.objects.get().entered_by is not None


def test_an_imported_percentage_is_refused_where_a_ratio_is_asked(boss):
    row = 'employer.onss_worker,2026-01-01,"32,40",,to_confirm,Lettre,,2026-01-15\n'
    page = import_figures(boss, row).content.decode()
    assert "0,3240 pour 32,40 %" in page
    assert 'name="import_file_name"' not in page


def test_an_imported_figure_with_an_unknown_code_is_refused(boss):
    row = "maribel.rien,2026-01-01,1,,to_confirm,Lettre,,2026-01-15\n"
    page = import_figures(boss, row).content.decode()
    assert "Aucune valeur de référence ne porte le code" in page
    assert 'name="import_file_name"' not in page


def award_form(award: Award, **changes: str) -> dict[str, str]:
    """The award's form as the page sends it, with one new term."""
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
        "terms-TOTAL_FORMS": "1",
        "terms-INITIAL_FORMS": "0",
        "terms-0-code": "granted",
        "terms-0-value": "50 000,00",
        "terms-0-starts_on": "01/01/2024",
        "terms-0-ends_on": "",
        "terms-0-decided_on": "01/12/2023",
        "terms-0-letter_reference": "LETTRE-1",
        "terms-0-status": "confirmed",
        "terms-0-award": str(award.pk),
    }
    for name in ("posts", "amendments", "instalments", "receipts"):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    return data | changes


def test_a_term_of_the_letter_is_filled_in(boss):
    award = AwardFactory()
    boss.post(f"/admin/grants/award/{award.pk}/change/", award_form(award))
    assert award.terms.get().value == "50 000,00"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"terms-0-value": "beaucoup"}, "pas un nombre"),
        ({"terms-0-value": "1,234"}, "plus de deux décimales"),
        ({"terms-0-code": "justify_by", "terms-0-value": "31/03/2025"}, "AAAA-MM-JJ"),
        ({"terms-0-code": "rien"}, "choix valide"),
        ({"scheme": "rien"}, "choix valide"),
    ],
)
def test_a_term_that_cannot_be_read_is_refused(boss, changes, message):
    award = AwardFactory()
    form = award_form(award, **changes)
    response = boss.post(f"/admin/grants/award/{award.pk}/change/", form)
    assert message in response.content.decode()
    assert not award.terms.exists()


def test_the_approval_of_another_organisation_is_refused(boss):
    award = AwardFactory()
    form = award_form(award, approval=str(ApprovalFactory().pk))
    response = boss.post(f"/admin/grants/award/{award.pk}/change/", form)
    assert "autre organisation" in response.content.decode()


def test_a_receipt_is_tied_to_an_instalment_of_its_own_award_only(boss):
    receipt = ReceiptFactory()
    InstalmentFactory(award=receipt.award, year=2024, number=7)
    InstalmentFactory(year=2031, number=8)
    page = boss.get(f"/admin/grants/award/{receipt.award.pk}/change/").content.decode()
    assert "2024/7" in page
    assert "2031/8" not in page


def test_staff_of_a_service_administers_its_own_rows_only():
    own, other = AwardFactory(reference="LE-NÔTRE"), AwardFactory(reference="LE-LEUR")
    TermFactory(award=other)
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="grants"))
    MembershipFactory(user=user, organisation=own.organisation)
    OrganisationFactory(name="Une autre maison")
    client = Client()
    client.force_login(user)
    page = client.get("/admin/grants/award/").content.decode()
    assert "LE-NÔTRE" in page
    assert "LE-LEUR" not in page
    assert client.get(f"/admin/grants/award/{other.pk}/change/").status_code == 302
    form = client.get(f"/admin/grants/award/{own.pk}/change/").content.decode()
    assert "Une autre maison" not in form
