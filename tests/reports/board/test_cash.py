"""The note for the board of one service prints its treasury, beside that of the scenario."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from backoffice.engine.cash.grants import Unplaced
from backoffice.federation.models import Organisation
from backoffice.web.templatetags.money import amount, eur
from reports.board.cash import Cash, cash_of, told
from reports.board.note import Lengths, listed
from reports.board.pdf_file import PAGE, PAGES, context, render_pdf
from reports.board.reading import Reading, read_alone
from reports.scenarios.comparing import Horizon, baseline, compare, everyone, one_service
from reports.scenarios.ready import library
from reports.scenarios.scenario import Scenario
from reports.scenarios.selectors import assumptions_on
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    InstalmentFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    TermFactory,
    TreasuryRulesFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 3, 31)


@pytest.fixture
def organisation() -> Organisation:
    """A worker paid through 2025 on an award of two years, whose instalments are known."""
    found = OrganisationFactory()
    worker = WorkerFactory(organisation=found)
    ContractLineFactory(worker=worker)
    for month in range(1, 13):
        row = PayMonthFactory(worker=worker, month=date(2025, month, 1))
        PayItemFactory(pay_month=row, cost_item="gross", amount=Decimal("3300.00"))
    row = PayMonthFactory(worker=worker, month=date(2026, 1, 1))
    PayItemFactory(pay_month=row, cost_item="gross", amount=Decimal("3300.00"))
    days = {"starts_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31)}
    award = AwardFactory(organisation=found, scheme="cocof_facultative", **days)
    for year in (2025, 2026):
        whole = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        TermFactory(award=award, value="20000.00", **whole)
    AssignmentFactory(worker=worker, post=PostFactory(award=award, **days), **days)
    planned = {"award": award, "year": 2026, "number": 1, "kind": "advance"}
    InstalmentFactory(due_on=date(2026, 6, 1), amount=Decimal("20000.00"), **planned)
    return found


def balance(organisation: Organisation, amount: str) -> None:
    TreasuryRulesFactory(organisation=organisation, balance_on=AS_OF, balance=Decimal(amount))


def reading(organisation: Organisation, *scenarios: Scenario) -> Reading:
    assumptions = assumptions_on(AS_OF)
    base = baseline(one_service(organisation), Horizon(2026, 2028, AS_OF), assumptions)
    return read_alone(compare(base, scenarios or [Scenario("Rien")], assumptions))


def cells(cash: Cash, name: str) -> list[str]:
    """The cells of a line of the table of cash."""
    [line] = [one for one in told(cash, ["Aujourd'hui", "S"])["cash_lines"] if one.name == name]
    return [text.replace("\u202f", " ").replace("\xa0", " ") for text, _letter in line.cells]


def test_the_table_says_the_lowest_point_of_today_and_of_the_scenario(
    organisation: Organisation,
) -> None:
    balance(organisation, "50000.00")
    late = library()["balance_late"]
    cash = cash_of(reading(organisation, late))
    today, under = cash.pages
    for page, cell in zip((today, under), cells(cash, "Au plus bas"), strict=True):
        lowest = f"{amount(page.lowest.balance)} ({page.lowest.day:%d/%m/%Y})"
        assert cell == lowest.replace("\u202f", " ").replace("\xa0", " ")
    assert len(under.chart.head) == len(today.chart.head) + 1


def test_without_a_balance_nothing_is_promised(organisation: Organisation) -> None:
    cash = cash_of(reading(organisation))
    said = told(cash, ["Aujourd'hui", "S"])
    assert said["cash_answer"] == ""
    assert cells(cash, "Premier jour sous zéro à partir d'aujourd'hui") == ["inconnu"] * 2
    assert cells(cash, "Pourra-t-on payer ?") == ["inconnu"] * 2
    assert said["cash_head"] == "À partir de zéro, en euros"
    assert "Jusqu'au 31/12/2027." in said["cash_notes"]
    assert not [one for one in said["cash_lines"] if "Prime" in one.name]
    assert any("Le solde bancaire n'est pas connu" in one for one in said["cash_notes"])
    assert "à partir de zéro" in said["cash"].title


def test_several_services_have_no_treasury_and_the_note_says_so(
    organisation: Organisation,
) -> None:
    services, assumptions = [organisation, OrganisationFactory()], assumptions_on(AS_OF)
    base = baseline(everyone(services), Horizon(2026, 2028, AS_OF), assumptions)
    read = read_alone(compare(base, [Scenario("Rien")], assumptions))
    said = context(read, cash_of(read))
    assert "cash" not in said
    page = unescape(render_to_string(PAGE, said | listed(read, Lengths(*[12] * PAGES))))
    assert "La trésorerie est celle de chaque service : cette note n'en a pas." in page


def test_years_that_the_data_cannot_tell_of_are_said(organisation: Organisation) -> None:
    worker = organisation.workers.get()
    read = reading(organisation)
    late = PayMonthFactory(worker=worker, month=date(2029, 1, 1))
    PayItemFactory(pay_month=late, cost_item="gross", amount=Decimal("3300.00"))
    cash = cash_of(read)
    assert not cash.pages
    assert told(cash, read.names)["cash_notes"] == [cash.unknown] != [""]


def test_a_lowest_point_on_the_last_day_may_still_fall(organisation: Organisation) -> None:
    balance(organisation, "50000.00")
    cash = cash_of(reading(organisation))
    today = cash.pages[0]
    last = replace(today.lowest, day=today.ground.last)
    [cell] = cells(Cash((replace(today, lowest=last),)), "Au plus bas")
    assert cell.endswith("(31/12/2027, peut encore descendre)")


def test_what_is_on_no_day_is_summed_by_award_and_the_rest_is_counted(
    organisation: Organisation,
) -> None:
    [page, _under] = cash_of(reading(organisation)).pages
    monthly = [Unplaced("A", 2026, 10_000, "late"), Unplaced("A", 2026, 2_050, "late")]
    unknown = [Unplaced("A", 2027, 500, "no_amount"), Unplaced("A", 2027, None, "no_amount")]
    others = [Unplaced(name, 2026, 100, "no_day") for name in "BCD"]
    page = replace(page, unplaced=(*monthly, *unknown, *others), uncounted=("Un poste.",) * 6)
    notes = told(Cash((page,)), ["Aujourd'hui"])["cash_notes"]
    [named] = [one for one in notes if one.startswith("Sur aucun jour de la courbe")]
    [first, second, *_rest] = named.partition(" : ")[2].split("; ")
    assert first == f"A 2026 ({eur(12_050)}, plus en retard que le plus long retard observé)"
    assert second == "A 2027 (montant inconnu)"
    assert "1 autre à lire sur la page de la trésorerie." in notes
    assert notes.count("Un poste.") == 4
    assert "2 autres à lire sur la page de la trésorerie." in notes


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_note_with_all_that_a_treasury_may_say_has_four_pages(
    organisation: Organisation, language: str
) -> None:
    balance(organisation, "-50000.00")
    with translation.override(language):
        read = reading(organisation, library()["demands_together"], *[Scenario("Rien")] * 2)
        today, under = cash_of(read).pages
        many = [Unplaced(f"COCOF-FACULTATIF-{n}", 2026, 1_234_567, "late") for n in range(30)]
        asked = f"{under.uncounted[0]} " if under.uncounted else "0,50 ETP ne sont pas comptés. "
        full = replace(under, unplaced=tuple(many), uncounted=(asked * 2,) * 20)
        with pikepdf.open(BytesIO(render_pdf(read, Cash((today, full))))) as opened:
            assert len(opened.pages) == PAGES


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Trésorerie par jour", "Au plus bas", "ce qui est en place aujourd'hui")),
        ("nl", ("Thesaurie per dag", "Op het laagst", "wat vandaag geldt")),
    ],
)
def test_the_printed_note_has_the_curve_and_its_table(
    organisation: Organisation, language: str, words: tuple[str, ...]
) -> None:
    balance(organisation, "50000.00")
    with translation.override(language):
        read = reading(organisation, library()["balance_late"])
        cash = cash_of(read)
        page = render_to_string(PAGE, context(read, cash) | listed(read, Lengths(*[12] * PAGES)))
        with pikepdf.open(BytesIO(render_pdf(read, cash))) as opened:
            assert len(opened.pages) == PAGES
    last = page[page.index('id="hypotheses"') :]
    assert "<svg" in last
    for one in words:
        assert one in unescape(last)
