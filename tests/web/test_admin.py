"""The administration: accounts, services and figures, for administrators; no row of a service."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backoffice.federation.models import FigureEntry
from tests.factories import (
    ActivityVolumeFactory,
    FederationMemberFactory,
    FigureEntryFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.people import federation, member
from tests.reports.views.reading import markup

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
    return federation("administrator")


REGISTERED = {
    "auth.user",
    "federation.federationmember",
    "federation.figureentry",
    "federation.membership",
    "federation.organisation",
}


def test_the_administration_holds_no_row_of_a_service():
    """Whoever registers another model says here why nothing of a service can be read or changed."""
    reverse("admin:index")  # the addresses of the site leave some models out
    assert {model._meta.label_lower for model in admin.site._registry} == REGISTERED  # noqa: SLF001


@pytest.mark.parametrize(
    "path",
    ["", "federation/figureentry/import/", *(f"{one.replace('.', '/')}/" for one in REGISTERED)],
)
def test_every_list_opens_in_french_and_says_demo(boss, path):
    MembershipFactory()
    FigureEntryFactory()
    answer = boss.get(f"/admin/{path}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="fr"' in page
    assert "<strong>DEMO</strong>" in page


@pytest.mark.parametrize("path", ["", "federation/organisation/", "federation/figureentry/"])
@pytest.mark.parametrize(
    "flags", [{}, {"is_staff": True}, {"is_staff": True, "is_superuser": True}]
)
def test_only_an_administrator_opens_it_whatever_the_flags_of_the_account(path, flags):
    answer = member("director", OrganisationFactory(), **flags).get(f"/admin/{path}")
    assert answer.status_code == 403
    assert "gérer les comptes et les accès" in markup(answer)


def test_a_visitor_signs_in_on_the_page_of_the_site():
    assert Client().get("/admin/", follow=True).redirect_chain[-1][0].startswith("/connexion/")


@pytest.mark.parametrize("model", ["membership", "federationmember"])
def test_a_role_is_shown_and_given_on_the_site_only(boss, model):
    kept = MembershipFactory() if model == "membership" else FederationMemberFactory()
    address = f"/admin/federation/{model}"
    assert boss.get(f"{address}/{kept.pk}/change/").status_code == 200
    for path in ("add/", f"{kept.pk}/change/", f"{kept.pk}/delete/"):
        assert boss.post(f"{address}/{path}", {"post": "yes"}).status_code == 403
    assert type(kept).objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("path", ["auth/user", "federation/organisation"])
def test_what_rows_hang_on_is_never_deleted(boss, path):
    kept = {"auth/user": UserFactory(), "federation/organisation": OrganisationFactory()}
    row = kept[path]
    assert boss.post(f"/admin/{path}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    row.refresh_from_db()


def test_an_account_is_shown_there_and_not_changed(boss):
    user = UserFactory(first_name="Awa")
    address = f"/admin/auth/user/{user.pk}/change/"
    assert "Awa" in boss.get(address).content.decode()
    assert boss.post(address, {"username": "autre", "is_superuser": "on"}).status_code == 403
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser, user.is_active) == ("Awa", False, True)


@pytest.mark.parametrize("model", ["approval", "site", "activityvolume", "approvedposition"])
def test_what_a_service_is_recognised_for_is_changed_by_its_own_people(boss, model):
    volume = ActivityVolumeFactory()
    key = volume.pk if model == "activityvolume" else volume.approval_id
    assert boss.get(f"/admin/federation/{model}/{key}/change/").status_code == 404


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
