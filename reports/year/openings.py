"""The balances taken on when an organisation starts with the product: listed, totalled, checked.

Amounts are cents, debit positive. A balance of subsidies (413 to receive, 167 to give back) is one
of an award and an exercise, as it stood that day: what was received before is already out of it,
so only later receipts reduce what is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.federation.models import Organisation
from backoffice.figures.accounts import accounts
from backoffice.web.templatetags.money import day, eur
from grants.models import Award, Receipt
from invoices.models import OpeningBalance

RECEIVABLE, REPAYABLE, HOLIDAY = "413", "167", "456"
_OF_AWARDS = (RECEIVABLE, REPAYABLE)
_EQUITY = ("10", "11", "12", "13", "14")
_BALANCE_SHEET = "12345"


@dataclass(frozen=True)
class OpeningLine:
    """One balance; `received_since` and `left` only for 413 and 167 (None elsewhere)."""

    code: str
    account: str
    label: str
    award: str
    year: int | None
    amount: int
    evidence: str
    received_since: int | None
    left: int | None


@dataclass(frozen=True)
class AccountTotal:
    """The balance of one account: debit or credit."""

    account: str
    label: str
    debit: int
    credit: int


@dataclass(frozen=True)
class Finding:
    """What is wrong (error), doubtful (warning) or good to know (info) about a balance."""

    level: str
    code: str
    message: str


@dataclass(frozen=True)
class Openings:
    """The balances of one organisation on one day.

    `complete` says that a whole balance sheet was taken on: it holds the association's own funds.
    """

    on_day: date
    lines: tuple[OpeningLine, ...]
    totals: tuple[AccountTotal, ...]
    complete: bool
    findings: tuple[Finding, ...]

    @property
    def difference(self) -> int:
        """Debit less credit."""
        return sum(line.amount for line in self.lines)


def opening_days(organisation: Organisation) -> list[date]:
    """The days on which balances were taken on, oldest first."""
    rows = OpeningBalance.objects.filter(organisation=organisation)
    return sorted(set(rows.values_list("on_day", flat=True)))


def openings_of(organisation: Organisation, on_day: date) -> Openings:
    """The balances taken on one day, in two queries."""
    rows = list(
        OpeningBalance.objects.filter(organisation=organisation, on_day=on_day)
        .select_related("award")
        .order_by("account", "code")
    )
    awards = {row.award_id for row in rows if row.award_id is not None}
    receipts = list(Receipt.objects.filter(award__in=awards).order_by("received_on", "reference"))
    lines = tuple(_line(row, _since(receipts, row)) for row in rows)
    complete = any(row.account.startswith(_EQUITY) for row in rows)
    findings = [finding for row in rows for finding in _findings(row, receipts)]
    findings += [*_twice(rows), *_whole(lines, complete=complete)]
    return Openings(on_day, lines, tuple(_totals(lines)), complete, tuple(findings))


def _line(row: OpeningBalance, since: int | None) -> OpeningLine:
    amount = money.cents(row.amount.amount)
    return OpeningLine(
        code=row.code,
        account=row.account,
        label=row.label,
        award=row.award.reference if row.award else "",
        year=row.year,
        amount=amount,
        evidence=row.evidence,
        received_since=since,
        left=None if since is None else amount - since,
    )


def _since(receipts: list[Receipt], row: OpeningBalance) -> int | None:
    """What came after the day of the balance for its award and exercise."""
    if not row.account.startswith(_OF_AWARDS) or row.award_id is None:
        return None
    return sum(
        money.cents(one.amount.amount)
        for one in receipts
        if (one.award_id, one.year) == (row.award_id, row.year) and one.received_on > row.on_day
    )


def _totals(lines: tuple[OpeningLine, ...]) -> Iterator[AccountTotal]:
    for account, found in groupby(lines, key=lambda line: line.account):
        group = list(found)
        balance = sum(line.amount for line in group)
        known = next(
            (accounts()[account[:n]] for n in (4, 3, 2) if account[:n] in accounts()), None
        )
        label = known.label_fr if known else group[0].label
        yield AccountTotal(account, label, max(balance, 0), max(-balance, 0))


def _findings(row: OpeningBalance, receipts: list[Receipt]) -> Iterator[Finding]:
    if row.account[:1] not in _BALANCE_SHEET:
        yield Finding("error", row.code, _result_words(row.account))
    if not row.evidence:
        yield Finding("warning", row.code, _("La pièce justificative manque (bilan, extrait)."))
    amount = row.amount.amount
    if row.account.startswith(RECEIVABLE) and amount < 0:
        words = _("Le 413 est créditeur : un trop-perçu se reprend au 167.")
        yield Finding("warning", row.code, words)
    if row.account.startswith((REPAYABLE, HOLIDAY)) and amount > 0:
        words = _("Le %(account)s est débiteur : une provision se reprend au crédit, en négatif.")
        yield Finding("warning", row.code, words % {"account": row.account})
    if row.account.startswith(HOLIDAY) and row.award is not None:
        words = _("La provision de pécules de vacances est celle de l'employeur, sans subvention.")
        yield Finding("warning", row.code, words)
    if row.account.startswith(_OF_AWARDS):
        yield from _award_findings(row, receipts)


def _result_words(account: str) -> str:
    words = _("Le compte %(account)s n'est pas un compte de bilan (classes 1 à 5)") % {
        "account": account
    }
    if account.startswith(("6", "7")):
        return words + _(" : charges et produits repartent de zéro chaque exercice.")
    return f"{words}."


def _award_findings(row: OpeningBalance, receipts: list[Receipt]) -> Iterator[Finding]:
    """A balance of subsidies names its award and an exercise of it, and says what came before."""
    if row.award is None or row.year is None:
        words = _(
            "Le compte %(account)s demande la subvention et l'exercice d'origine ; d'ici là, le "
            "rapprochement compte ce solde tel quel."
        )
        yield Finding("error", row.code, words % {"account": row.account})
        return
    if row.year > row.on_day.year or not _covers(row.award, row.year):
        yield Finding(
            "error",
            row.code,
            _("%(award)s (%(first)s \u2013 %(last)s) n'a pas d'exercice %(year)d au %(day)s.")
            % {
                "award": row.award.reference,
                "first": day(row.award.starts_on),
                "last": day(row.award.ends_on),
                "year": row.year,
                "day": day(row.on_day),
            },
        )
    before = [
        money.cents(one.amount.amount)
        for one in receipts
        if (one.award_id, one.year) == (row.award_id, row.year) and one.received_on <= row.on_day
    ]
    if before:
        words = _(
            "%(amount)s reçus pour %(award)s %(year)d jusqu'au %(day)s : déjà déduits du solde "
            "repris, ils ne sont pas comptés une seconde fois."
        )
        values = {
            "amount": eur(sum(before)),
            "award": row.award.reference,
            "year": row.year,
            "day": day(row.on_day),
        }
        yield Finding("info", row.code, words % values)


def _covers(award: Award, year: int) -> bool:
    return award.starts_on.year <= year and (award.ends_on is None or year <= award.ends_on.year)


def _twice(rows: list[OpeningBalance]) -> Iterator[Finding]:
    """Two balances of one account for the same award and exercise."""
    known: dict[tuple[object, ...], str] = {}
    for row in rows:
        key = (row.account, row.award_id, row.year)
        if row.account.startswith(_OF_AWARDS) and row.award_id and key in known:
            words = _("Même compte, subvention et exercice que %(other)s : gardez-en un.")
            yield Finding("error", row.code, words % {"other": known[key]})
        known.setdefault(key, row.code)


def _whole(lines: tuple[OpeningLine, ...], *, complete: bool) -> Iterator[Finding]:
    difference = sum(line.amount for line in lines)
    if complete and difference:
        words = _(
            "La balance reprise n'est pas en équilibre : débit moins crédit = %(amount)s. Un "
            "compte manque, ou un montant est faux."
        )
        yield Finding("error", "", words % {"amount": eur(difference)})
    elif not complete:
        words = _(
            "Reprise partielle (sans fonds propres, comptes 10 à 14) : l'équilibre n'est pas exigé."
        )
        yield Finding("info", "", words)
