"""The team of an application: under contract, approved and requested, each from its rows."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest

from backoffice.federation.models import ApprovedPosition
from grants.models import Application, Award, Post
from reports.year.application import application_file
from reports.year.application_files import render_application
from reports.year.content import ApplicationFile, Team
from tests.factories import (
    ApprovedPositionFactory,
    AwardFactory,
    ContractLineFactory,
    PostFactory,
    WorkerFactory,
)
from tests.reports.year.asking import asking

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
ASKED_ON = date(2024, 9, 30)
UNKNOWN = (
    "Les ETP demandés sont inconnus : la demande ne nomme pas la subvention dont les postes sont "
    "demandés."
)


@pytest.fixture
def asked() -> Application:
    return asking()


def made(asked: Application, as_of: date | None = None) -> ApplicationFile:
    return application_file(asked.organisation, asked.reference, as_of, TODAY)


def sums(team: Team) -> list[tuple[str, int, Fraction, Fraction | None, Fraction | None]]:
    return [
        (one.function["fr"], one.people, one.under_contract, one.approved, one.requested)
        for one in team.lines
    ]


def test_contracts_frame_and_requested_posts_are_three_columns_without_any_name(asked) -> None:
    found = made(asked)
    assert sums(found.team) == [
        ("Fonction sociale", 2, Fraction(3, 2), Fraction(3), Fraction(5, 2)),
    ]
    assert (found.team.award, found.team.posts_on) == ("CASG-2024", date(2024, 12, 31))
    assert b"Personne invent" not in render_application(found, ("json",))["json"]


def test_the_posts_of_the_award_that_it_names_are_requested(asked) -> None:
    award = AwardFactory(
        organisation=asked.organisation,
        reference="CASG-2025",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
    )
    PostFactory(award=award, function="legal", diploma="", fte=Decimal("0.8000"))
    PostFactory(award=award, code="CLOSED", function="legal", ends_on=date(2025, 6, 30))
    Application.objects.update(award=award)
    assert sums(made(asked).team) == [
        ("Fonction sociale", 2, Fraction(3, 2), Fraction(3), Fraction(0)),
        ("Aide juridique", 0, Fraction(0), Fraction(0), Fraction(4, 5)),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"scheme": "acs"},
        {"approval": None},
        {"ends_on": date(2023, 12, 31), "starts_on": date(2023, 1, 1)},
        {"letter_on": date(2024, 10, 1)},
    ],
)
def test_without_an_award_that_it_continues_the_request_is_unknown(asked, changed) -> None:
    Award.objects.filter(reference="CASG-2024").update(**changed)
    found = made(asked)
    assert sums(found.team)[0][4] is None
    assert UNKNOWN in found.remarks


def test_between_two_awards_of_the_year_nothing_is_guessed(asked) -> None:
    former = Award.objects.get(reference="CASG-2024")
    other = AwardFactory(
        organisation=asked.organisation,
        approval=former.approval,
        scheme=former.scheme,
        reference="CASG-2024-B",
    )
    PostFactory(award=other)
    assert UNKNOWN in made(asked).remarks


def test_an_award_without_posts_requests_an_unknown_team(asked) -> None:
    Post.objects.all().delete()
    found = made(asked)
    assert sums(found.team) == [("Fonction sociale", 2, Fraction(3, 2), Fraction(3), None)]
    assert UNKNOWN in found.remarks


def test_a_function_of_the_frame_that_nobody_holds_is_approved_and_not_requested(asked) -> None:
    ApprovedPositionFactory(
        approval=asked.approval, function="administration", diploma="", fte=Decimal("0.5000")
    )
    assert sums(made(asked).team)[1][1:] == (0, 0, Fraction(1, 2), 0)


def test_an_unknown_frame_is_unknown_and_not_zero(asked) -> None:
    ApprovedPosition.objects.all().delete()
    found = made(asked)
    assert found.team.lines[0].approved is None
    assert "Le cadre agréé n'est pas encodé : il est inconnu." in found.remarks


def test_a_contract_is_counted_on_the_day_of_the_application_unless_another_is_chosen(
    asked,
) -> None:
    worker = WorkerFactory(organisation=asked.organisation, number="W03")
    ContractLineFactory(worker=worker, approval=asked.approval, ends_on=ASKED_ON)
    assert (made(asked).team.contracts_on, made(asked).team.lines[0].people) == (ASKED_ON, 3)
    later = made(asked, date(2024, 10, 1))
    assert (later.team.contracts_on, later.team.lines[0].people) == (date(2024, 10, 1), 2)


def test_a_draft_counts_the_contracts_of_today(asked) -> None:
    Application.objects.update(state="draft", asked_on=None)
    assert made(asked).team.contracts_on == TODAY


def test_the_workbook_names_each_column_and_says_the_unknown(asked) -> None:
    Post.objects.all().delete()
    book = openpyxl.load_workbook(BytesIO(render_application(made(asked), ("xlsx",))["xlsx"]))
    rows = [[cell.value for cell in row] for row in book["Équipe - Team"]]
    head = next(row for row in rows if row[0] == "Fonction / Functie")
    assert head[3:] == [
        "ETP sous contrat au 30/09/2024 / VTE onder contract op 30/09/2024",
        "Cadre agréé / Erkend kader",
        "ETP demandés / Gevraagde VTE",
    ]
    assert rows[rows.index(head) + 1][3:] == [1.5, 3, "inconnu"]
