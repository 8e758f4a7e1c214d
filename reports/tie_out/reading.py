"""A trial balance as accounting software exports it, read with every problem at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from backoffice.web.sentences import gettext as _
from reports.exchange.folding import fold
from reports.exchange.numbers import decimal_of, plain
from reports.exchange.problems import Problem
from reports.exchange.raw import BadCell, Raw, is_blank
from reports.tie_out.amounts import decimal_mark, read_cents
from reports.tie_out.heads import Heads

_AMOUNTS = ("debit", "credit", "debit_balance", "credit_balance", "balance")
_JOINT = re.compile(r"(?<=\d)[. \u00a0\u202f](?=\d)")
_ACCOUNT = re.compile(r"(\d{1,12})(?:\s*[-\u2013:]?\s*([^\W\d_].*))?", re.DOTALL)
_SHORTEST = 3
_LONGEST_CODE, _LONGEST_LABEL = 20, 200


@dataclass(frozen=True)
class BalanceRow:
    """Cents on one account under one analytical account; neither side is negative."""

    account: str
    analytical: str
    label: str
    debit: int
    credit: int
    row: int


@dataclass
class Reading:
    """The rows of a balance as they stand in the file, and what is wrong with it."""

    rows: list[BalanceRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def blocked(self) -> bool:
        return any(problem.blocking for problem in self.problems)


def read_rows(heads: Heads) -> Reading:
    """Every row below the heads; blank rows and totals are left out."""
    reading = Reading()
    rows = heads.table.rows[heads.row + 1 :]
    mark = decimal_mark(
        row[place]
        for row in rows
        for name, place in heads.places.items()
        if name in _AMOUNTS and place < len(row)
    )
    for number, row in enumerate(rows, start=heads.row + 2):
        cells = {name: row[at] if at < len(row) else None for name, at in heads.places.items()}
        if not _is_left_out(row, cells):
            _read_row(reading, Line(heads, number, cells, mark))
    return reading


@dataclass(frozen=True)
class Line:
    """One row of the file by field, and where it is."""

    heads: Heads
    number: int
    cells: dict[str, Raw]
    mark: str | None

    def problem(self, error: BadCell, name: str) -> Problem:
        """What is wrong with one cell."""
        return Problem(
            error.code,
            error.message,
            error.todo,
            field=str(self.heads.table.rows[self.heads.row][self.heads.places[name]]).strip(),
            sheet=self.heads.table.title,
            row=self.number,
            column=self.heads.letter(name),
        )


def _is_left_out(row: Sequence[Raw], cells: dict[str, Raw]) -> bool:
    """A blank row, a title between two blocks, or a total."""
    if str(cells.get("account") or "").strip()[:1].isdigit():
        return False
    texts = [fold(raw) for raw in row if isinstance(raw, str)]
    if any(text.startswith(("total", "totaux", "totaal", "totalen")) for text in texts):
        return True
    return all(is_blank(cells.get(name)) for name in _AMOUNTS)


def _read_row(reading: Reading, line: Line) -> None:
    problems: list[Problem] = []
    amounts: dict[str, int] = {}
    for name in _AMOUNTS:
        if name in line.cells:
            try:
                amounts[name] = read_cents(line.cells[name], line.mark)
            except BadCell as error:
                problems.append(line.problem(error, name))
    try:
        account, beside = _account(line.cells["account"])
        code = _code(line.cells.get("analytical"))
    except _BadField as error:
        problems.append(line.problem(error, error.name))
    if not problems:
        problems += _contradicted(line, amounts)
    if problems:
        reading.problems += problems
        return
    label = line.cells.get("label")
    words = beside if is_blank(label) else str(label).strip()
    debit, credit = _sides(line.heads, amounts)
    row = BalanceRow(account, code, words[:_LONGEST_LABEL], debit, credit, line.number)
    reading.rows.append(row)


class _BadField(BadCell):
    """A cell that cannot be taken, with the field that it holds."""

    def __init__(self, name: str, code: str, message: str, todo: str) -> None:
        super().__init__(code, message, todo)
        self.name = name


def _written(raw: Raw) -> str:
    """A code as its user wrote it: the spreadsheet turns 612000 into a number."""
    number = decimal_of(raw) if isinstance(raw, int | float) else None
    return plain(number) if isinstance(number, Decimal) else str(raw or "").strip()


def _account(raw: Raw) -> tuple[str, str]:
    """The digits of an account and the words that follow them in the same cell."""
    found = _ACCOUNT.fullmatch(_JOINT.sub("", _written(raw)))
    if is_blank(raw) or found is None:
        raise _BadField(
            "account",
            "bad_account",
            _("Ce n'est pas un numéro de compte du plan comptable (douze chiffres au plus)."),
            _("Écrivez le compte général en chiffres, ou retirez la ligne."),
        )
    if len(found[1]) < _SHORTEST:
        raise _BadField(
            "account",
            "subtotal",
            _("« %(account)s » est une classe et non un compte : un compte a trois chiffres.")
            % {"account": found[1]},
            _("Exportez la balance sans ses sous-totaux."),
        )
    return found[1], (found[2] or "").strip()


def _code(raw: Raw) -> str:
    code = _written(raw)
    if len(code) > _LONGEST_CODE:
        raise _BadField(
            "analytical",
            "long_analytical",
            _("Ce compte analytique a plus de %(most)d signes.") % {"most": _LONGEST_CODE},
            _("Vérifiez la colonne, ou raccourcissez le code."),
        )
    return code


def _contradicted(line: Line, amounts: dict[str, int]) -> Iterator[Problem]:
    """A balance beside a debit and a credit that do not give it: the opening stands elsewhere."""
    pair = line.heads.pair
    if pair is None or "balance" not in amounts:
        return
    net = amounts[pair[0]] - amounts[pair[1]]
    if abs(net) != abs(amounts["balance"]):
        error = BadCell(
            "balance_differs",
            _("Le solde de cette ligne n'est pas son débit moins son crédit."),
            _("Exportez les soldes débiteurs et créditeurs, ouverture comprise."),
        )
        yield line.problem(error, "balance")


def _sides(heads: Heads, amounts: dict[str, int]) -> tuple[int, int]:
    """Debit and credit, never negative: a negative debit is a credit."""
    pair = heads.pair
    debit, credit = (amounts[pair[0]], amounts[pair[1]]) if pair else (amounts["balance"], 0)
    return max(debit, 0) + max(-credit, 0), max(credit, 0) + max(-debit, 0)
