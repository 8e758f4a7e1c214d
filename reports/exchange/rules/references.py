"""Rows that name others: the names are settled regardless of case, then each must exist."""

from collections.abc import Iterator
from difflib import get_close_matches

from backoffice.web.sentences import gettext as _
from reports.exchange.columns import Column, Sheet
from reports.exchange.known import Key, folded, key_of
from reports.exchange.lines import Line
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Facts
from reports.exchange.sheets import SHEETS, target, target_key

_CODES = {
    "applications": "unknown_application",
    "approvals": "unknown_approval",
    "awards": "unknown_award",
    "posts": "unknown_post",
    "instalments": "unknown_instalment",
    "workers": "unknown_worker",
    "suppliers": "unknown_supplier",
    "invoices": "unknown_invoice",
}


SUGGESTIONS = 20
"""Unknown names of one column for which the nearest known one is looked for."""


def settle(facts: Facts) -> None:
    """Write references and keys as the rows that they name, and keep what is not said."""
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.refers:
                _settle_references(facts, facts.lines(sheet.code), column)
        for line in facts.lines(sheet.code):
            key = key_of(sheet, line.values)
            if facts.known.get(sheet.code, key) is None:
                _rewrite(line, sheet.key, facts.known.same_but_for_case(sheet.code, key))
        _keep_unsaid(facts, sheet)


def _keep_unsaid(facts: Facts, sheet: Sheet) -> None:
    """What a workbook of an earlier version has no column for stays as it is stored."""
    columns = [sheet.column(code) for code in facts.reading.unsaid.get(sheet.code, ())]
    stored = facts.resources[sheet.code].rows
    for line in facts.lines(sheet.code) if columns else ():
        before = stored.get(key_of(sheet, line.values), {})
        line.values.update({c.code: before.get(c.code, c.default) for c in columns})


def _settle_references(facts: Facts, lines: list[Line], column: Column) -> None:
    codes = target_key(column)
    existing = facts.keys(target(column).code)
    spellings: dict[Key, Key] = {}
    for line in lines:
        key = _read(line, codes)
        if key in existing or not line.has(column.code):
            continue
        spellings = spellings or {folded(known): known for known in existing}
        _rewrite(line, codes, spellings.get(folded(key)))


def _read(line: Line, codes: tuple[str, ...]) -> Key:
    return tuple(line.values.get(code) for code in codes)


def _rewrite(line: Line, codes: tuple[str, ...], key: Key | None) -> None:
    if key is not None:
        line.values.update(zip(codes, key, strict=True))


def unknown(facts: Facts) -> Iterator[Problem]:
    """A reference to a row that is neither in the workbook nor stored."""
    for sheet in SHEETS:
        lost: set[tuple[int, str]] = set()
        for column in sorted(sheet.columns, key=lambda one: len(one.refers and target_key(one))):
            if not column.refers:
                continue
            codes = target_key(column)
            existing = facts.keys(target(column).code)
            suggested = 0
            for line in facts.lines(sheet.code):
                explained = any((line.row, code) in lost for code in codes)
                if explained or not line.has(*codes) or _read(line, codes) in existing:
                    continue
                lost.add((line.row, column.code))
                suggested += 1
                yield _unknown(line, column, existing if suggested <= SUGGESTIONS else set())


def _unknown(line: Line, column: Column, existing: set[Key]) -> Problem:
    title = target(column).title
    codes = target_key(column)
    key = _read(line, codes)
    within = ", ".join(
        f"{line.sheet.column(code).header.lower()} {line.values[code]}"
        for code in codes
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
