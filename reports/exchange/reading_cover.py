"""Reads the cover: is this our workbook, of which version, whose and of which year."""

from collections.abc import Sequence
from dataclasses import dataclass

from backoffice.web.sentences import gettext as _
from reports.exchange.cells import read_cell
from reports.exchange.columns import Column, Kind, Value
from reports.exchange.folding import fold
from reports.exchange.numbers import decimal_of, plain
from reports.exchange.package import Page
from reports.exchange.problems import Problem
from reports.exchange.raw import BadCell, Raw, is_blank
from reports.exchange.sheets import COVER, COVER_TITLE, NAME, VERSION


@dataclass(frozen=True)
class Cover:
    """Whose data and of which year, None when the cover does not say; in which version."""

    enterprise_number: str | None = None
    year: int | None = None
    demo: bool = False
    version: int = VERSION


_VERSIONS = {str(version): version for version in range(1, VERSION + 1)}
_COLUMNS = (
    Column(
        "enterprise_number",
        COVER["enterprise_number"],
        "les dix chiffres de la BCE, par exemple 0403.019.261.",
        Kind.ENTERPRISE,
    ),
    Column("year", COVER["year"], "l'année des données, par exemple 2024.", Kind.YEAR),
    Column("demo", COVER["demo"], "oui ou non.", Kind.YES_NO, required=False, default=False),
)


def read_cover(page: Page | None) -> tuple[Cover, list[Problem], bool]:
    """The cover, its problems, and whether the rest is worth reading."""
    entries = _entries(page.cells) if page else {}
    name, version = (_written(entries, code) for code in ("name", "version"))
    if fold(name) != fold(NAME):
        return Cover(), [_other_file()], False
    if version not in _VERSIONS:
        return Cover(), [_other_version(version)], False
    values: dict[str, Value] = {}
    problems = []
    for column in _COLUMNS:
        row, raw = entries.get(column.code, (None, None))
        try:
            values[column.code] = read_cell(column, raw)
        except BadCell as error:
            problems.append(
                Problem(
                    error.code,
                    error.message,
                    error.todo,
                    field=column.header,
                    sheet=COVER_TITLE,
                    row=row,
                    column="B",
                )
            )
    number, year = values.get("enterprise_number"), values.get("year")
    cover = Cover(
        enterprise_number=number if isinstance(number, str) else None,
        year=year if isinstance(year, int) else None,
        demo=bool(values.get("demo")),
        version=_VERSIONS[version],
    )
    return cover, problems, True


def _entries(cells: Sequence[Sequence[Raw]]) -> dict[str, tuple[int | None, Raw]]:
    """Cover line code -> its row number and the cell next to its label; the first one counts."""
    labels = {fold(label): code for code, label in COVER.items()}
    found: dict[str, tuple[int | None, Raw]] = {}
    for number, row in enumerate(cells, start=1):
        code = labels.get(fold(row[0])) if row and isinstance(row[0], str) else None
        if code and code not in found:
            found[code] = (number, row[1] if len(row) > 1 else None)
    return found


def _written(entries: dict[str, tuple[int | None, Raw]], code: str) -> str:
    _row, raw = entries.get(code, (None, None))
    if is_blank(raw):
        return ""
    number = decimal_of(raw)
    return plain(number) if number is not None else str(raw).strip()


def _other_file() -> Problem:
    return Problem(
        "wrong_template",
        _("Ce classeur n'est pas le modèle « données d'un employeur pour une année »."),
        _("Prenez le modèle : commande « backoffice template », ou la page d'import du site."),
        sheet=COVER_TITLE,
    )


def _other_version(version: str) -> Problem:
    return Problem(
        "wrong_version",
        _("Ce classeur est de la version « %(found)s » ; les versions lues vont de 1 à %(last)d.")
        % {"found": version or "?", "last": VERSION},
        _("Prenez le modèle actuel et recopiez-y vos données."),
        field=COVER["version"],
        sheet=COVER_TITLE,
    )
