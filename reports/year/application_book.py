"""An application as a workbook: request, team, subsidies and budget, with live sums."""

from collections.abc import Sequence

from backoffice.web.templatetags.money import day
from reports.documents.words import enterprise_number, iban
from reports.documents.workbook.book import Bound, Column, Imprint, Page, Value, span
from reports.documents.workbook.lines import eur
from reports.year.application_words import annexes, both, marks, team_note
from reports.year.content import ApplicationFile, BudgetRow, SubsidyLine, Team, TeamLine

_SUBSIDIES: tuple[Column[SubsidyLine], ...] = (
    Column("Référence / Referentie", "code", 24, lambda line: line.reference),
    Column("Pouvoir subsidiant / Overheid", "text", 28, lambda line: line.funder),
    Column("Régime / Regeling", "text", 30, lambda line: both(line.scheme)),
    Column("Objet / Voorwerp", "text", 30, lambda line: line.label),
    Column("Du / Van", "day", 12, lambda line: line.starts_on),
    Column("Au / Tot", "day", 12, lambda line: line.ends_on),
    Column("État / Stand", "text", 24, lambda line: both(line.state_label)),
    Column("Demandé / Gevraagd", "money", 16, lambda line: _or_dash(line.requested), total=False),
    Column("Montant / Bedrag (EUR)", "money", 16, lambda line: eur(line.amount), total=True),
    Column(
        "Au budget / In begroting", "money", 16, lambda line: _or_dash(line.budgeted), total=False
    ),
)
_BUDGET: tuple[Column[BudgetRow], ...] = (
    Column("Compte / Rekening", "code", 14, lambda row: row.account),
    Column("Intitulé / Omschrijving", "text", 48, lambda row: row.label),
    Column("Agrément / Erkenning", "code", 16, lambda row: row.approval),
    Column("Subvention / Subsidie", "code", 22, lambda row: row.source),
    Column("Montant / Bedrag (EUR)", "money", 16, lambda row: eur(row.amount), total=True),
)
_AMOUNT = len(_BUDGET) - 1


def render_workbook(made: ApplicationFile) -> bytes:
    """The workbook as bytes, identical for the same application."""
    asked = made.asked
    book = Bound(
        Imprint(
            title=f"Demande / Aanvraag {asked.reference} {asked.year}",
            organisation=made.identity.organisation,
            subject=asked.reference,
            year=asked.year,
            as_of=made.as_of,
            marks=" \u2013 ".join(marks(made)),
        )
    )
    _request(book, made)
    _team(book, made)
    _subsidies(book, made)
    _budget(book, made)
    return book.close()


def _request(book: Bound, made: ApplicationFile) -> None:
    page = book.sheet("Demande - Aanvraag", (40, 70))
    page.titles("Demande de subvention / Subsidieaanvraag")
    asked, identity = made.asked, made.identity
    blocks: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
        (
            "Demandeur / Aanvrager",
            (
                ("Nom / Naam", f"{identity.organisation} ({identity.legal_form})"),
                (
                    "N° d'entreprise / Ondernemingsnr.",
                    enterprise_number(identity.enterprise_number),
                ),
                ("Adresse / Adres", identity.address),
                ("Compte / Rekening (IBAN)", iban(identity.iban)),
                ("Représentant / Vertegenwoordiger", identity.representative),
                ("Service / Dienst", identity.service),
                ("Agrément / Erkenning", identity.approval),
                *((both(one.kind), f"{one.name}, {one.address}") for one in identity.places),
            ),
        ),
        (
            "Demande / Aanvraag",
            (
                ("Référence / Referentie", asked.reference),
                ("Pouvoir subsidiant / Overheid", asked.funder),
                ("Régime / Regeling", both(asked.scheme)),
                ("Objet / Voorwerp", asked.label),
                ("Exercice / Jaar", str(asked.year)),
                ("État / Stand", both(asked.state_label)),
            ),
        ),
    )
    for title, entries in blocks:
        page.row += 1
        page.say(title, "section")
        for label, text in entries:
            page.line([(label, "code"), (text or "à compléter / aan te vullen", "text")], "plain")
    page.line(
        [("Montant demandé / Gevraagd bedrag", "code"), (eur(asked.amount), "money")], "total"
    )
    page.row += 1
    page.say("Remarques / Opmerkingen", "section")
    for remark in made.remarks or ("Aucune. / Geen.",):
        page.line([("", "code"), (remark, "text")], "plain")
    if annexes(made):
        page.row += 1
        page.say("Annexes / Bijlagen", "section")
    for one in annexes(made):
        words = f"{both(one.state)} \u2013 {both(one.article)}"
        page.line([(both(one.label), "code"), (words, "text")], "plain")


def _team(book: Bound, made: ApplicationFile) -> None:
    columns = _team_columns(made.team)
    page = book.sheet("Équipe - Team", [column.width for column in columns])
    page.titles("Équipe sous contrat, agréée et demandée / Team onder contract, erkend en gevraagd")
    page.listing(
        columns, made.team.lines, "Aucun contrat, cadre ni poste. / Geen contract, kader of post."
    )
    page.row += 1
    page.say(team_note(made.team), "subtitle")


def _team_columns(team: Team) -> tuple[Column[TeamLine], ...]:
    on = day(team.contracts_on)
    under_contract = f"ETP sous contrat au {on} / VTE onder contract op {on}"
    return (
        Column("Fonction / Functie", "text", 38, lambda line: both(line.function)),
        Column("Diplôme / Diploma", "text", 34, lambda line: both(line.diploma)),
        Column("Personnes / Personen", "count", 14, lambda line: line.people),
        Column(under_contract, "fte", 20, lambda line: line.under_contract),
        Column("Cadre agréé / Erkend kader", "fte", 16, lambda line: line.approved),
        Column("ETP demandés / Gevraagde VTE", "fte", 16, lambda line: line.requested),
    )


def _subsidies(book: Bound, made: ApplicationFile) -> None:
    page = book.sheet("Subventions - Subsidies", [column.width for column in _SUBSIDIES])
    page.titles("Subventions obtenues et demandées / Verkregen en gevraagde subsidies")
    page.listing(
        _SUBSIDIES, made.subsidies, "Aucune subvention publique. / Geen openbare subsidie."
    )


def _budget(book: Bound, made: ApplicationFile) -> None:
    """Expenses, then income, each with its live sum, and the live result."""
    page = book.sheet("Budget - Begroting", [column.width for column in _BUDGET])
    page.titles("Budget / Begroting")
    budget = made.budget
    costs = _part(page, "Dépenses / Uitgaven", [r for r in budget.rows if r.nature == "expense"])
    gains = _part(page, "Recettes / Ontvangsten", [r for r in budget.rows if r.nature != "expense"])
    page.row += 1
    if not budget.rows:
        return
    for label, formula, value in (
        ("Dépenses / Uitgaven", f"SUM({costs})", budget.expenses),
        ("Recettes / Ontvangsten", f"SUM({gains})", budget.income),
        ("Résultat / Resultaat", f"SUM({gains})-SUM({costs})", budget.result),
    ):
        for place in range(_AMOUNT):
            page.put(place, label if place == 0 else None, "code", "total")
        page.formula(_AMOUNT, formula, value, "total")
        page.row += 1


def _part(page: Page, title: str, rows: Sequence[BudgetRow]) -> str:
    """One half of the budget; returns the address of its amounts."""
    page.row += 1
    page.say(title, "section")
    page.heads([column.label for column in _BUDGET])
    first = page.row
    for row in rows:
        page.line([(column.get(row), column.kind) for column in _BUDGET])
    if not rows:
        page.say("Aucune ligne. / Geen lijn.", "subtitle")
    return span(_AMOUNT, range(first, page.row))


def _or_dash(cents: int | None) -> Value:
    return "\u2013" if cents is None else eur(cents)
