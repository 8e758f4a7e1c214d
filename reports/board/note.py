"""What the note for the board says: four pages from one comparison, the context of its template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import amount, day, fte_column
from reports.board.answer import answer
from reports.board.gains import Gain, gains
from reports.board.pictures import own_funds, payer_name, payers_by_year, side_names, why
from reports.board.sentences import number_text, sentence
from reports.board.supposed import faced, supposed
from reports.board.swings import swings
from reports.board.yearly import Compared, Value, compared, years_of
from reports.charts import tornado
from reports.scenarios.assumed import Assumed
from reports.scenarios.comparing import Comparison, Outcome
from reports.scenarios.figures import EUR
from reports.scenarios.labels import STATUSES

_FTE, _ROOMY, _NAME = 10_000, 6, 40
_KEYS = ("cost", "funded", "own_funds", "fte", "posts_at_risk", "asked_fte", "unpriced_fte")
MARKS = {"to_confirm": "c", "forecast": "p", "assumption": "h", "missing": "?"}
"""The letter beside an amount that says what it rests on; none where it is confirmed."""


@dataclass(frozen=True)
class Cut:
    """The first lines of a list, and how many are left out."""

    shown: tuple[str, ...]
    left: int


@dataclass(frozen=True)
class Line:
    """A row of a table: its name, then the text and the letter of each cell."""

    name: str
    cells: tuple[tuple[str, str], ...]
    strong: bool = False


def shown(found: Comparison, most: int) -> dict[str, Any]:
    """The context of the note: the first scenario compared, beside the others.

    Args:
        found: the comparison, with at least one scenario.
        most: how many lines each list shows at most.
    """
    outcome, table = found.outcomes[0], compared(found)
    scenario, full = outcome.scenario, side_names(found)
    names = [short(name) for name in full]
    facing = faced(found, outcome)
    return {
        "found": found,
        "horizon": found.base.horizon,
        "title": full[1],
        "told": scenario.told(get_language() or "fr"),
        "source": scenario.source,
        "names": names,
        "years": years_of(found),
        "answer": answer(table, years_of(found)),
        "changes": _cut([sentence(one, scenario) for one in scenario.changes], most),
        "facing": _cut(facing, most),
        "keys": [_totals(table[code]) for code in _KEYS if _counts(table, code)],
        "trend": own_funds(table, found),
        "payers": [payers_by_year(table, found, place) for place in (0, 1)],
        "by_year": list(_by_year(table, most)),
        "why": why(table, names, 1),
        "swings": tornado("tornade", _("Ce qui fait bouger les fonds propres"), swings(found.base)),
        "posts": _years(table["posts_at_risk"], 1, table["posts_at_risk"].label),
        "gains": [_gain(one) for one in gains(found, outcome)[:most]],
        "letters": [(letter, STATUSES[code]) for code, letter in MARKS.items()],
        **_back(found, outcome, most),
    }


def short(name: str) -> str:
    """A name that fits above a column."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"


def _back(found: Comparison, outcome: Outcome, most: int) -> dict[str, Any]:
    """The last page: assumptions, what is supposed, what is not known."""
    used = {one.code: one for one in (*found.base.paths, *outcome.filled.used)}
    unknown = [
        _("%(code)s : aucune hypothèse n'est entrée.") % {"code": code}
        for code in outcome.filled.lacking
    ]
    return {
        "assumptions": [_assumption(one) for one in list(used.values())[:most]],
        "supposed": _cut(supposed(found, outcome), most),
        "unknown": _cut(unknown, most),
    }


def _cut(lines: Sequence[str], most: int) -> Cut:
    return Cut(tuple(lines[:most]), max(len(lines) - most, 0))


def _counts(table: Mapping[str, Compared], code: str) -> bool:
    return code in table and (code in _KEYS[:4] or not table[code].is_empty)


def _totals(one: Compared) -> Line:
    """Today and each scenario over the whole period, with the difference."""
    cells = [cell(side.total, one.unit) for side in one.sides]
    return Line(one.label, tuple(cells), strong=one.code == "own_funds")


def _by_year(table: Mapping[str, Compared], most: int) -> Iterator[Line]:
    """By year, the scenario and, where there is room, its difference: cost, funders, own funds."""
    for code, one in table.items():
        if code in {"cost", "own_funds"} or (code.startswith("funded.") and not one.is_empty):
            name = payer_name(code) if code.startswith("funded.") else one.label
            yield _years(one, 1, name)
            if most >= _ROOMY:
                yield Line(_("différence avec aujourd'hui"), tuple(_deltas(one, 1)))


def _years(one: Compared, place: int, name: str) -> Line:
    side = one.sides[place]
    values = (*side.values, side.total)
    return Line(name, tuple(cell(value, one.unit) for value in values), strong=True)


def _deltas(one: Compared, place: int) -> Iterator[tuple[str, str]]:
    side = one.sides[place]
    for value in (*side.values, side.total):
        yield signed(value.delta or 0, one.unit), ""


def _gain(one: Gain) -> Line:
    if one.more is None:
        return Line(one.name, ((_("masqué"), ""),))
    values = (*one.more, one.total or 0)
    return Line(one.name, tuple((signed(value, EUR), "") for value in values))


def _assumption(one: Assumed) -> dict[str, str]:
    return {
        "code": one.code,
        "value": number_text(one.value),
        "since": day(one.since),
        "said": one.sentence,
        "source": one.source,
        "signed": f"{one.author}, {day(one.signed_on)}",
    }


def cell(value: Value, unit: str) -> tuple[str, str]:
    """The text of an amount and its letter."""
    return written(value.amount, unit), MARKS.get(value.doubt, "")


def written(value: int, unit: str) -> str:
    """Cents as an amount, ten-thousandths of FTE with two decimals."""
    return amount(value) if unit == EUR else fte_column(Fraction(value, _FTE))


def signed(value: int, unit: str) -> str:
    """A difference: with its sign, or "=" where there is none."""
    if not value:
        return "="
    return f"+{written(value, unit)}" if value > 0 else written(value, unit)


def file_title(found: Comparison) -> str:
    """What the note is about, for the title of the file."""
    return _("Note au conseil : %s") % side_names(found)[1]


def whose(found: Comparison) -> str:
    """Whose figures they are."""
    return found.base.scope.name or _("Ensemble des services")
