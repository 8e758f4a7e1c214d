"""The application for a subsidy: every public subsidy, the team, the budget and what is wrong."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from django.core.management import CommandError, call_command

from grants.models import Application, Award, BudgetLine
from reports.year.application import application_file
from reports.year.application_files import application_name, render_application
from reports.year.content import ApplicationFile
from tests.factories import (
    ApplicationFactory,
    AwardFactory,
    TermFactory,
)
from tests.reports.year.asking import AS_OF, asking, budget

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture
def asked() -> Application:
    return asking()


def made(asked: Application, as_of: date | None = AS_OF) -> ApplicationFile:
    return application_file(asked.organisation, asked.reference, as_of, TODAY)


def listed(found: ApplicationFile) -> list[tuple[str, str, int | None, int | None]]:
    return [(one.reference, one.state, one.amount, one.budgeted) for one in found.subsidies]


def test_it_lists_every_subsidy_held_and_asked_with_what_the_budget_expects(asked) -> None:
    found = made(asked)
    assert listed(found) == [
        ("MAR-1", "held", 4000000, 4000000),
        ("DEM-2025", "asked", 12000000, 12000000),
    ]
    assert [one.own for one in found.subsidies] == [False, True]
    assert [(one.state, one.count, one.amount, one.unknown) for one in found.totals] == [
        ("held", 1, 4000000, 0),
        ("asked", 1, 12000000, 0),
    ]


def test_the_identity_is_the_one_that_the_decree_asks_for(asked) -> None:
    identity = made(asked).identity
    assert identity.organisation == "Service social du Canal"
    assert identity.enterprise_number == asked.organisation.enterprise_number
    assert (identity.iban, identity.representative) == ("BE68539007547034", "Directrice générale")
    assert (identity.service, identity.approval) == (
        "Centre d'action sociale globale",
        "CASG AGR-1",
    )
    assert [(one.kind["fr"], one.name) for one in identity.places] == [
        ("antenne", "Antenne du Nord")
    ]


def test_a_budget_in_balance_has_no_remark(asked) -> None:
    found = made(asked)
    assert (found.budget.expenses, found.budget.income) == (16500000, 16500000)
    assert (found.budget.public, found.budget.result) == (16000000, 0)
    assert found.remarks == ()


def test_a_gap_in_the_budget_is_said(asked) -> None:
    budget(asked.organisation, "D2", "expense", "610", "0.01")
    [remark] = made(asked).remarks
    assert "déficit de 0,01" in remark.replace("\u202f", " ")


def test_a_subsidy_that_the_budget_forgets_or_counts_otherwise_is_said(asked) -> None:
    BudgetLine.objects.filter(code="R2").delete()
    BudgetLine.objects.filter(code="R1").update(amount=Decimal("160000.00"))
    remarks = " ".join(made(asked).remarks).replace("\u202f", " ")
    assert "MAR-1 n'apparaît pas au budget." in remarks
    assert "DEM-2025 : 120 000,00 € dans la liste, 160 000,00 € au budget." in remarks


def test_without_budget_its_amounts_are_unknown(asked) -> None:
    BudgetLine.objects.all().delete()
    found = made(asked)
    assert (found.budget.expenses, found.budget.result) == (None, None)
    assert found.remarks == ("Le budget 2025 n'est pas encodé.",)
    assert json.loads(render_application(found, ("json",))["json"])["budget"]["result"] is None


def test_what_is_refused_or_withdrawn_is_not_asked(asked) -> None:
    for state in ("refused", "withdrawn"):
        ApplicationFactory(organisation=asked.organisation, state=state)
    assert len(made(asked).subsidies) == 2


def test_an_application_that_became_an_award_of_the_year_is_listed_once(asked) -> None:
    award = AwardFactory(
        organisation=asked.organisation,
        reference="CASG-2025",
        approval=asked.approval,
        scheme="cocof_casg",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
    )
    Application.objects.update(award=award, state="granted")
    found = made(asked)
    assert [one.reference for one in found.subsidies] == ["CASG-2025", "MAR-1"]
    assert [one.own for one in found.subsidies] == [True, False]


def test_an_expected_award_and_its_application_are_one_subsidy(asked) -> None:
    AwardFactory(
        organisation=asked.organisation,
        reference="CASG-2025",
        approval=asked.approval,
        scheme="cocof_casg",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        letter_reference="",
        letter_on=None,
        notified_on=None,
    )
    award = Award.objects.get(reference="CASG-2025")
    BudgetLine.objects.filter(code="R1").update(award=award, application=None)
    found = made(asked)
    assert [one.reference for one in found.subsidies] == ["MAR-1", "DEM-2025"]
    assert found.subsidies[1].budgeted == 12000000
    assert found.remarks == (
        "CASG-2025, dont le montant 2025 n'est pas notifié, est comprise dans la demande DEM-2025.",
    )


def test_an_award_that_goes_on_without_its_amount_and_its_application_are_one(asked) -> None:
    AwardFactory(organisation=asked.organisation, reference="ACS", scheme="acs", ends_on=None)
    ApplicationFactory(
        organisation=asked.organisation, reference="DEM-ACS", scheme="acs", amount=None
    )
    assert [one.reference for one in made(asked).subsidies] == ["MAR-1", "DEM-2025", "DEM-ACS"]


def answer(asked: Application, **changed: object) -> None:
    """The award of 2025 whose letter came after the application, with its amount."""
    award = AwardFactory(
        **{
            "organisation": asked.organisation,
            "reference": "CASG-2025",
            "approval": asked.approval,
            "scheme": "cocof_casg",
            "starts_on": date(2025, 1, 1),
            "ends_on": date(2025, 12, 31),
            "letter_on": date(2025, 2, 1),
            "notified_on": date(2025, 2, 1),
            **changed,
        }
    )
    TermFactory(
        award=award,
        value="90000.00",
        starts_on=award.starts_on,
        ends_on=award.ends_on,
        decided_on=award.letter_on,
    )


def test_an_award_that_answers_an_application_nobody_linked_is_listed_once(asked) -> None:
    answer(asked)
    found = made(asked, date(2025, 3, 1))
    assert listed(found) == [
        ("CASG-2025", "held", 9000000, 12000000),
        ("MAR-1", "held", 4000000, 4000000),
    ]
    assert [one.requested for one in found.subsidies] == [12000000, None]
    assert [one.own for one in found.subsidies] == [True, False]
    assert found.remarks[0].replace("\u202f", " ") == (
        "CASG-2025 (90 000,00 € accordés) paraît répondre à la demande DEM-2025 (120 000,00 € "
        "demandés) et n'est comptée qu'une fois : si c'est la même, liez la demande à cette "
        "subvention."
    )


def test_before_its_letter_that_award_is_the_application_itself(asked) -> None:
    answer(asked)
    assert listed(made(asked)) == [
        ("MAR-1", "held", 4000000, 4000000),
        ("DEM-2025", "asked", 12000000, 12000000),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"letter_on": date(2024, 9, 1), "notified_on": date(2024, 9, 1)},
        {"scheme": "acs"},
        {"approval": None},
    ],
)
def test_an_award_that_cannot_answer_the_application_stays_beside_it(asked, changed) -> None:
    answer(asked, **changed)
    references = [one.reference for one in made(asked, date(2025, 3, 1)).subsidies]
    assert references == ["CASG-2025", "MAR-1", "DEM-2025"]


def test_a_linked_award_shows_what_was_asked_and_asks_for_no_link(asked) -> None:
    answer(asked)
    Application.objects.update(award=Award.objects.get(reference="CASG-2025"), state="granted")
    found = made(asked, date(2025, 3, 1))
    [line] = [one for one in found.subsidies if one.reference == "CASG-2025"]
    assert (line.requested, line.amount) == (12000000, 9000000)
    assert "paraît répondre" not in " ".join(found.remarks)


def test_a_known_amount_stays_beside_an_application_for_more_of_the_same_scheme(asked) -> None:
    ApplicationFactory(organisation=asked.organisation, reference="DEM-MAR", scheme="maribel")
    references = [one.reference for one in made(asked).subsidies]
    assert references == ["MAR-1", "DEM-2025", "DEM-MAR"]


def test_an_expected_award_that_nobody_asks_for_has_an_unknown_amount(asked) -> None:
    AwardFactory(
        organisation=asked.organisation,
        reference="ACS-2025",
        scheme="acs",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        letter_reference="",
        letter_on=None,
        notified_on=None,
    )
    assert listed(made(asked))[0] == ("ACS-2025", "expected", None, None)


def test_the_workbook_sums_live(asked) -> None:
    book = openpyxl.load_workbook(BytesIO(render_application(made(asked), ("xlsx",))["xlsx"]))
    assert book.sheetnames == [
        "Demande - Aanvraag",
        "Équipe - Team",
        "Subventions - Subsidies",
        "Budget - Begroting",
    ]
    cells = [
        cell.value for row in book["Budget - Begroting"] for cell in row if cell.data_type == "f"
    ]
    assert cells[-1].count("SUM(") == 2
    assert any(
        "SUBTOTAL" in str(cell.value) for row in book["Subventions - Subsidies"] for cell in row
    )


def test_the_same_application_gives_the_same_bytes_whatever_the_database_rows(asked) -> None:
    first = render_application(made(asked), ("json", "xlsx"))
    again = render_application(made(asked), ("json", "xlsx"))
    assert first == again


def test_the_paper_is_accessible_and_archival_carries_both_files_and_says_demo() -> None:
    asked = asking(demo=True)
    found = made(asked)
    pdf = render_application(found, ("pdf",))["pdf"]
    assert pdf == render_application(found, ("pdf",))["pdf"]
    with pikepdf.open(BytesIO(pdf)) as opened:
        metadata = opened.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="3"' in metadata
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        name = application_name(found)
        assert set(opened.attachments) == {f"{name}.json", f"{name}.xlsx"}
        assert "Demande / Aanvraag DEM-2025 2025" in str(opened.docinfo.Title)


def test_an_application_to_another_funder_asks_for_no_annex_of_cocof(asked) -> None:
    found = made(asked)
    other = replace(found, asked=replace(found.asked, scheme_code="acs"))
    annexes = json.loads(render_application(found, ("json",))["json"])["annexes"]
    assert [(one["label"]["fr"], one["state"]["fr"]) for one in annexes] == [
        ("Personne de contact (nom, fonction, téléphone, courriel)", "à compléter"),
        ("Relevé d'identité bancaire", "à joindre"),
        ("Désignation des membres de l'organe d'administration", "à joindre"),
        ("Titre d'occupation des locaux", "à joindre"),
        ("Assurance responsabilité des administrateurs", "à joindre"),
        ("Assurance responsabilité civile professionnelle", "à joindre"),
    ]
    assert {one["article"]["fr"] for one in annexes} == {"décret COCOF du 5 mars 2009, art. 64 § 2"}
    assert not json.loads(render_application(other, ("json",))["json"])["annexes"]


def test_the_number_of_queries_does_not_depend_on_the_rows(
    asked, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(30) as few:
        made(asked)
    for number in range(10):
        budget(asked.organisation, f"X{number}", "expense", "610", "1.00", award=None)
        ApplicationFactory(organisation=asked.organisation, approval=asked.approval)
    with django_assert_max_num_queries(len(few)):
        made(asked)


def test_the_command_writes_three_files_and_prints_the_budget(asked, tmp_path, capsys) -> None:
    call_command(
        *("application", "--organisation", asked.organisation.enterprise_number),
        *("--reference", "DEM-2025", "--as-of", "2024-09-30", "--out", str(tmp_path)),
    )
    out = capsys.readouterr().out
    assert "demandé              120000.00 EUR" in out
    assert "résultat                  0.00 EUR" in out
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "demande-dem-2025-2025.json",
        "demande-dem-2025-2025.pdf",
        "demande-dem-2025-2025.xlsx",
    ]


def test_an_unknown_application_names_those_that_exist(asked, tmp_path) -> None:
    with pytest.raises(CommandError, match="Demandes de cette organisation : DEM-2025") as caught:
        call_command(
            *("application", "--organisation", asked.organisation.enterprise_number),
            *("--reference", "NOPE", "--out", str(tmp_path)),
        )
    assert caught.value.returncode == 2
