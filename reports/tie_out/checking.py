"""What is wrong with a trial balance as a whole, once each of its rows could be read."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from backoffice.web.sentences import gettext as _
from backoffice.web.templatetags.money import eur
from reports.exchange.problems import Problem
from reports.tie_out.amounts import LARGEST
from reports.tie_out.reading import BalanceRow, Reading

_RESULT = ("6", "7")


def checked(reading: Reading, known: Collection[str], *, partial: bool = False) -> Reading:
    """The rows of each account together, with what is wrong with the balance as a whole.

    An account that comes back under the same analytical account is summed, with a remark: exports
    print a row per period or per third party. An analytical account that no approval has is kept
    as it is, with a remark.

    Args:
        reading: the rows.
        known: the analytical accounts of the approvals.
        partial: a balance without costs nor income is meant.
    """
    problems = list(reading.problems)
    merged: dict[tuple[str, str], BalanceRow] = {}
    for row in reading.rows:
        first = merged.setdefault((row.account, row.analytical), row)
        if first is not row:
            problems.append(_again(row, first))
            both = replace(first, debit=first.debit + row.debit, credit=first.credit + row.credit)
            merged[row.account, row.analytical] = both
    strange = {row.analytical: row for row in reversed(reading.rows)}
    problems += [_strange(strange[code], known) for code in sorted(set(strange) - {"", *known})]
    problems += [
        _too_large(row) for row in merged.values() if max(row.debit, row.credit) >= LARGEST
    ]
    if not reading.blocked:
        problems += [*_whole(reading, partial=partial), *_subtotals(list(merged.values()))]
    order = sorted(merged.values(), key=lambda row: (row.account, row.analytical))
    return Reading(order, sorted(problems, key=lambda one: (not one.blocking, one.row or 0)))


def _whole(reading: Reading, *, partial: bool) -> Iterator[Problem]:
    if not reading.rows:
        yield Problem(
            "no_row", _("La balance n'a aucune ligne."), _("Exportez la balance de l'année.")
        )
        return
    if not partial and not any(row.account.startswith(_RESULT) for row in reading.rows):
        yield Problem(
            "no_result",
            _("La balance n'a aucun compte de charges ou de produits (classes 6 et 7)."),
            _("Exportez la balance complète, ou dites qu'elle est partielle."),
        )
    yield from _repeated(reading.rows)
    debit = sum(row.debit for row in reading.rows)
    credit = sum(row.credit for row in reading.rows)
    if debit != credit:
        words = {"debit": eur(debit), "credit": eur(credit), "gap": eur(debit - credit)}
        yield Problem(
            "not_balanced",
            _(
                "La balance n'est pas en équilibre : %(debit)s au débit, %(credit)s au crédit, "
                "différence %(gap)s."
            )
            % words,
            _("Exportez la balance complète, de la classe 1 à la classe 7."),
        )


def _repeated(rows: Sequence[BalanceRow]) -> Iterator[Problem]:
    """Every row of the file stands in it again, with the same amounts: the export holds it twice.

    One row that comes back alone may be a period or a third party.
    """
    found = Counter((row.account, row.analytical, row.debit, row.credit) for row in rows)
    times = min(found.values())
    if times > 1:
        yield Problem(
            "every_row_again",
            _("Chaque ligne du fichier s'y trouve au moins %(times)d fois, montants compris.")
            % {"times": times},
            _("Exportez à nouveau la balance, une seule fois."),
        )


def _subtotals(rows: Sequence[BalanceRow]) -> Iterator[Problem]:
    """Accounts that others begin with and that hold their sum: counted, they would double it.

    A lone one is an account of its own when the balance needs it: subtotals of a balance add up
    to nothing, as the accounts that they sum up do.
    """
    found = {row: summed for row in rows if (summed := _summed(row, rows))}
    lone = len({row.account for row in found}) == 1
    if lone and _net(rows) == 0 and _net(found) != 0:
        return
    for row, summed in found.items():
        words = {
            "account": row.account,
            "debit": eur(row.debit),
            "credit": eur(row.credit),
            "summed": _(" à ").join(dict.fromkeys((summed[0].account, summed[-1].account))),
        }
        yield Problem(
            "subtotal",
            _(
                "Le compte %(account)s (%(debit)s au débit, %(credit)s au crédit) répète ce que "
                "portent déjà ses comptes %(summed)s : c'est un sous-total."
            )
            % words,
            _("Exportez la balance sans ses sous-totaux."),
            who=row.account,
            row=row.row,
        )


def _summed(row: BalanceRow, rows: Sequence[BalanceRow]) -> list[BalanceRow]:
    """The accounts whose sum a row is, under its analytical account or under all; often none."""
    if not (row.debit or row.credit):
        return []
    below = [
        one for one in rows if one.account != row.account and one.account.startswith(row.account)
    ]
    leaves = [one for one in below if not _is_prefix(one.account, below)]
    for group in (below, leaves):
        for mine in ([one for one in group if one.analytical == row.analytical], group):
            if mine and _is_sum(row, mine):
                return sorted(mine, key=lambda one: one.account)
    return []


def _net(rows: Iterable[BalanceRow]) -> int:
    return sum(row.debit - row.credit for row in rows)


def _is_prefix(account: str, rows: Sequence[BalanceRow]) -> bool:
    return any(one.account != account and one.account.startswith(account) for one in rows)


def _is_sum(row: BalanceRow, rows: Sequence[BalanceRow]) -> bool:
    """Both sides, or the net of a row that shows only that."""
    debit, credit = sum(one.debit for one in rows), sum(one.credit for one in rows)
    net = row.debit - row.credit
    return (debit, credit) == (row.debit, row.credit) or (net != 0 and debit - credit == net)


def _again(row: BalanceRow, first: BalanceRow) -> Problem:
    return Problem(
        "account_again",
        _("Le compte %(account)s revient, après la ligne %(row)d : ses montants sont additionnés.")
        % {"account": row.account, "row": first.row},
        _("Rien à faire si le logiciel imprime une ligne par période ; sinon retirez le double."),
        who=row.account,
        row=row.row,
        blocking=False,
    )


def _strange(row: BalanceRow, known: Collection[str]) -> Problem:
    listed = ", ".join(sorted(known)) or _("aucun")
    return Problem(
        "unknown_analytical",
        _("Aucun agrément n'a le compte analytique « %(code)s » : il est gardé à part.")
        % {"code": row.analytical},
        _("Comptes analytiques connus : %(known)s.") % {"known": listed},
        who=row.analytical,
        row=row.row,
        blocking=False,
    )


def _too_large(row: BalanceRow) -> Problem:
    return Problem(
        "too_large",
        _("Le compte %(account)s dépasse dix milliards d'euros.") % {"account": row.account},
        _("Vérifiez les montants de ce compte."),
        who=row.account,
        row=row.row,
    )
