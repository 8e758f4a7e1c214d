"""What a reader finds in a cell, and what it says when it cannot be taken."""

from datetime import date, time, timedelta

from backoffice.web.sentences import gettext as _

Raw = str | int | float | bool | date | time | timedelta | None
ERROR_TEXTS = frozenset(
    ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#VALEUR!", "#NOM?"]
)


class BadCell(ValueError):
    """A cell that cannot be taken: what is wrong, and what to write instead."""

    def __init__(self, code: str, message: str, todo: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.todo = todo


def is_blank(raw: Raw) -> bool:
    """Nothing, or spaces only."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def formula_error(shown: str) -> BadCell:
    """A cell whose formula gives an error or nothing."""
    return BadCell(
        "formula_error",
        _("La formule de cette cellule donne %(error)s.") % {"error": shown},
        _("Corrigez la formule ou remplacez-la par sa valeur."),
    )
