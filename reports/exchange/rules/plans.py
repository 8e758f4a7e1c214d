"""Rules about the frame of an approval, applications, and accounts of sales, budget and opening."""

from collections.abc import Iterator

from backoffice.web.sentences import gettext as _
from grants.fitting import first_day_outside
from grants.models import Application, BudgetLine
from reports.exchange.lines import Line
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Facts, days

AWARD_ACCOUNTS = ("413", "167")
"""Subsidies to receive, and to give back: an opening balance of these is one of an award."""
_CLASSES = {BudgetLine.Nature.EXPENSE: "6", BudgetLine.Nature.INCOME: "7"}


def position_outside_approval(facts: Facts) -> Iterator[Problem]:
    """A position that starts before its approval, or ends after it; an open end follows it."""
    approvals = {fact.values.get("code"): days(fact.values) for fact in facts.merged("approvals")}
    for line in facts.lines("positions"):
        own, approval = days(line.values), approvals.get(line.values.get("approval"))
        left = first_day_outside(own, approval) if own and approval else None
        if left is None:
            continue
        column, bound = left
        if approval and bound == approval.start:
            message = _("Ce poste commence avant son agrément (le %(day)s).")
        else:
            message = _("Ce poste dépasse la fin de son agrément (le %(day)s).")
        yield line.problem(
            "position_outside_approval",
            column,
            message % {"day": f"{bound:%d/%m/%Y}"},
            _("Corrigez la date, ou celles de l'agrément dans la feuille Agréments."),
        )


def accounts_of_another_class(facts: Facts) -> Iterator[Problem]:
    """A sale outside class 7; an expense of the budget outside class 6, an income outside 7."""
    for line in facts.lines("sales"):
        yield from _of_class(line, "7", _("Une vente se comptabilise en classe 7."))
    for line in facts.lines("budget"):
        if line.has("nature"):
            wanted = _CLASSES[BudgetLine.Nature(str(line.values["nature"]))]
            sentence = _("Une dépense du budget est en classe 6, une recette en classe 7.")
            yield from _of_class(line, wanted, sentence)


def _of_class(line: Line, wanted: str, sentence: str) -> Iterator[Problem]:
    account = line.values.get("account")
    if isinstance(account, str) and not account.startswith(wanted):
        yield line.problem(
            "account_of_another_class",
            "account",
            sentence,
            _("Écrivez un compte qui commence par %(wanted)s.") % {"wanted": wanted},
        )


def opening_without_award(facts: Facts) -> Iterator[Problem]:
    """A balance of subsidies to receive or to give back that does not say of which award."""
    for line in facts.lines("openings"):
        account = line.values.get("account")
        if not isinstance(account, str) or not account.startswith(AWARD_ACCOUNTS):
            continue
        if _blank(line, "award"):
            yield line.problem(
                "opening_without_award",
                "award",
                _("Un solde du compte %(account)s est celui d'une subvention.")
                % {"account": account},
                _("Écrivez la référence de la subvention, et son exercice d'origine."),
            )


def unfinished_applications(facts: Facts) -> Iterator[Problem]:
    """An application granted without its award, or sent without the day on which it was."""
    for line in facts.lines("applications"):
        state = line.values.get("state")
        if state == Application.State.GRANTED and _blank(line, "award"):
            yield line.problem(
                "granted_without_award",
                "award",
                _("Cette demande est accordée, mais sa subvention n'est pas dite."),
                _("Écrivez la référence de la subvention obtenue, ou corrigez l'état."),
            )
        if state not in (None, Application.State.DRAFT) and _blank(line, "asked_on"):
            yield line.problem(
                "application_without_day",
                "asked_on",
                _("Le jour de cette demande manque."),
                _("Indiquez le jour de la demande, ou l'état « en préparation »."),
            )


def _blank(line: Line, code: str) -> bool:
    """Whether the cell could be read and holds nothing."""
    return code in line.values and line.values[code] is None
