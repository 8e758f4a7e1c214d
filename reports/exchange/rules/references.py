"""Rows that name others: the names are settled regardless of case, then each must exist."""

from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _

from reports.exchange.columns import Column
from reports.exchange.known import Key, folded, key_of
from reports.exchange.lines import Line
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Facts
from reports.exchange.sheets import SHEETS, target, target_key

_CODES = {
    "approvals": "unknown_approval",
    "awards": "unknown_award",
    "posts": "unknown_post",
    "instalments": "unknown_instalment",
    "workers": "unknown_worker",
    "suppliers": "unknown_supplier",
    "invoices": "unknown_invoice",
}


def settle(facts: Facts) -> None:
    """Write references and keys as the rows that they name, whatever their case and spaces."""
    for sheet in SHEETS:
        referring = [column for column in sheet.columns if column.refers]
        existing = {column.code: facts.keys(target(column).code) for column in referring}
        spellings = {code: {folded(key): key for key in keys} for code, keys in existing.items()}
        for line in facts.lines(sheet.code):
            for column in referring:
                key = _named(line, column)
                if key in existing[column.code]:
                    continue
                settled = spellings[column.code].get(folded(key))
                if settled is not None and line.has(column.code):
                    line.values.update(zip(target_key(column), settled, strict=True))
            key = key_of(sheet, line.values)
            if facts.known.get(sheet.code, key) is not None:
                continue
            stored = facts.known.same_but_for_case(sheet.code, key)
            if stored is not None:
                line.values.update(zip(sheet.key, stored, strict=True))


def _named(line: Line, column: Column) -> Key:
    return tuple(line.values.get(code) for code in target_key(column))


def unknown(facts: Facts) -> Iterator[Problem]:
    """A reference to a row that is neither in the workbook nor stored."""
    for sheet in SHEETS:
        for column in sheet.columns:
            if not column.refers:
                continue
            existing = facts.keys(target(column).code)
            for line in facts.lines(sheet.code):
                if line.has(*target_key(column)) and _named(line, column) not in existing:
                    yield _unknown(line, column, existing)


def _unknown(line: Line, column: Column, existing: set[Key]) -> Problem:
    title = target(column).title
    key = _named(line, column)
    within = ", ".join(
        f"{line.sheet.column(code).header.lower()} {line.values[code]}"
        for code in target_key(column)
        if code != column.code
    )
    message = _("« %(value)s » n'existe pas dans la feuille %(title)s%(within)s.") % {
        "value": line.values[column.code],
        "title": title,
        "within": f" ({within})" if within else "",
    }
    near = [str(other[-1]) for other in existing if other[:-1] == key[:-1]]
    close = get_close_matches(str(key[-1]), near, n=1)
    todo = _("Corrigez, ou ajoutez la ligne dans la feuille %(title)s.") % {"title": title}
    if close:
        todo += " " + _("Vouliez-vous dire « %(close)s » ?") % {"close": close[0]}
    return line.problem(_CODES[target(column).code], column.code, message, todo)
