"""The cash of all the services as the page and the files say it: tables, a chart, definitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.web.templatetags.money import MINUS, amount
from backoffice.web.words import Spoken
from reports.charts import Chart, Over, Series, bars
from reports.scenarios.labels import funder_name
from reports.scenarios.ready import library
from reports.treasury.summed.services import NEVER, SHORT, TODAY
from reports.treasury.summed.summing import BELOW, QUARTER, FunderCash, SummedCash

_TENTHS = 10
HEADS = Spoken(
    {
        "late": "Attendu, jour dépassé",
        "coming": "Attendu dans les 12 mois",
        "undated": "Attendu, sans jour",
        "awaited": "Attendu en tout",
        "mean": "Retard moyen (jours)",
        "median": "Retard médian (jours)",
    }
)
MEANINGS = Spoken(
    {
        "late": "Versements dont le jour annoncé (la lettre, sinon la règle du régime) est passé "
        "et qui ne sont pas venus, moins ce qui est venu ; exercices de l'année et de la "
        "précédente. Source : subventions, versements prévus et reçus des services.",
        "coming": "Versements annoncés dans les douze mois, à hauteur de ce que la projection rend "
        "payable. Statut : prévision.",
        "undated": "Versements dont personne n'écrit le jour : ils ne sont sur aucune courbe.",
        "mean": "Jours entre le jour annoncé et le jour de paiement, sur les versements reçus qui "
        "nomment leur tranche ; un paiement venu plus tôt compte en moins. La médiane est la "
        "valeur du milieu. Statut : observé.",
        "below": "Services dont le solde, jour par jour avec les retards habituels, passe sous "
        "leur découvert autorisé ; trimestre du premier de ces jours. Statut : prévision.",
        "premium": "Services dont le solde, la prime de fin d'année payée, serait sous leur "
        "découvert autorisé. Statut : prévision.",
        "cost": "Intérêts sur ce qui est sous zéro, moins ceux qu'il y aurait si chacun payait au "
        "jour annoncé aujourd'hui, du dernier solde connu au dernier jour regardé ; pour chaque "
        "pour cent d'intérêt. Les intérêts qu'un pouvoir subsidiant devrait ne sont pas "
        "comptés : leur taux n'est pas connu.",
    }
)


@dataclass(frozen=True)
class Line:
    """One row of a table: its name, its cells as they are read, under the heads of the table."""

    name: str
    cells: tuple[str, ...]
    heads: tuple[str, ...]
    strong: bool = False

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Each cell with its head, which a narrow screen shows beside it."""
        return list(zip(self.heads, self.cells, strict=True))


@dataclass(frozen=True)
class SummedPage:
    """What the template shows: the sums, and each table as lines; `looks` are its columns."""

    cash: SummedCash
    chart: Chart | None
    heads: tuple[str, ...]
    funders: tuple[Line, ...]
    looks: tuple[str, ...]
    below: tuple[Line, ...]
    costs: tuple[Line, ...]
    meanings: tuple[tuple[str, str], ...]


def page_of(cash: SummedCash) -> SummedPage:
    """The page of the sums, in the language of whoever reads."""
    return SummedPage(
        cash=cash,
        chart=_chart(cash),
        heads=tuple(HEADS.values()),
        funders=tuple(_funder(one) for one in cash.rows),
        looks=_look_names(cash),
        below=tuple(_numbers(cash)),
        costs=tuple(_costs(cash)),
        meanings=tuple(_meanings()),
    )


def look_name(code: str) -> str:
    """What a look is called: today, or the title of a scenario."""
    return _("Aujourd'hui") if code == TODAY else library()[code].titled(get_language() or "fr")


def _look_names(cash: SummedCash) -> tuple[str, ...]:
    return tuple(map(look_name, cash.looks))


def name_of(funder: str) -> str:
    """A funder, or all of them."""
    return funder_name(funder) if funder else _("Total")


def days_text(days: Fraction | int | None) -> str:
    """Days with one decimal, half up."""
    if days is None:
        return _("masqué")
    exact = Fraction(days) * _TENTHS
    tenths = money.round_ratio(exact.numerator, exact.denominator)
    sign = MINUS if tenths < 0 else ""
    return f"{sign}{abs(tenths) // _TENTHS},{abs(tenths) % _TENTHS}"


def _chart(cash: SummedCash) -> Chart | None:
    """The funders of whom nothing is hidden; none where all are."""
    rows = [one for one in cash.rows if one.funder and None not in (one.late, one.coming)]
    if not rows:
        return None
    series = [
        Series(HEADS["late"], tuple(one.late for one in rows)),
        Series(HEADS["coming"], tuple(one.coming for one in rows)),
    ]
    names = [name_of(one.funder) for one in rows]
    return bars("attendu", _("Attendu par pouvoir subsidiant"), Over(names), series)


def _funder(one: FunderCash) -> Line:
    sums = (one.late, one.coming, one.undated, one.awaited)
    none = _("aucun versement") if one.payments == 0 else ""
    delays = (none or days_text(one.mean), none or days_text(one.median))
    cells = (*map(_eur, sums), *delays)
    return Line(name_of(one.funder), cells, tuple(HEADS.values()), strong=not one.funder)


def _numbers(cash: SummedCash) -> Iterator[Line]:
    """How many services lack money, when, and cannot pay the premium."""
    below = _("Sous le découvert autorisé d'ici au %s") % f"{cash.last:%d/%m/%Y}"
    yield _counted(cash, below, BELOW, BELOW, strong=True)
    told = [cash.counts.get((code, QUARTER)) for code in cash.looks]
    for one in cash.quarters if any(found is not None for found in told) else ():
        year, _bar, quarter = one.partition("-Q")
        words = {"quarter": quarter, "year": year}
        yield _counted(cash, _("au trimestre %(quarter)s de %(year)s") % words, QUARTER, one)
    yield _counted(cash, _("jamais d'ici là"), BELOW, NEVER)
    for year in map(str, cash.years):
        if (TODAY, year) in cash.counts:
            name = _("Ne peuvent pas payer la prime de fin d'année %s") % year
            yield _counted(cash, name, year, SHORT, strong=True)


def _counted(
    cash: SummedCash, name: str, question: str, answer: str, *, strong: bool = False
) -> Line:
    found = [cash.count(code, question, answer) for code in cash.looks]
    cells = (_("masqué") if one is None else str(one) for one in found)
    return Line(name, tuple(cells), _look_names(cash), strong)


def _costs(cash: SummedCash) -> Iterator[Line]:
    for_each = _("Pour chaque pour cent d'intérêt")
    yield Line(for_each, tuple(_eur(cash.points[code]) for code in cash.looks), _look_names(cash))
    if cash.rated:
        at_rates = _("Aux taux que %s services ont écrits") % cash.rated
        yield Line(at_rates, tuple(_eur(cash.own[code]) for code in cash.looks), _look_names(cash))


def _meanings() -> Iterator[tuple[str, str]]:
    titles = {
        "below": _("Sous le découvert autorisé"),
        "premium": _("Prime de fin d'année"),
        "cost": _("Coût du retard"),
    }
    for code, words in MEANINGS.items():
        yield titles.get(code) or HEADS[code], words


def _eur(cents: int | None) -> str:
    return _("masqué") if cents is None else amount(cents)
