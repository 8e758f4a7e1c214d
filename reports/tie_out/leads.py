"""The leads on a difference: amounts that accounts and product often see differently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import day
from reports.tie_out.classes import RUNNING, STAFF, SUBSIDIES, AccountClass
from reports.tie_out.content import Entry, Reason
from reports.tie_out.costs import Elsewhere
from reports.tie_out.income import granted_gaps
from reports.tie_out.matching import Lead
from reports.tie_out.pay import item_total
from reports.tie_out.year import Year

_SECRETARIAT = "social_secretariat"


def _entry_words(entry: Entry) -> str:
    return _("%(key)s du %(day)s, portée sur %(dossier)s") % {
        "key": entry.key,
        "day": day(entry.day),
        "dossier": entry.dossier,
    }


@dataclass(frozen=True)
class Leads:
    """What may explain the differences of a year."""

    year: Year
    entries: Sequence[Entry]
    outside_payroll: frozenset[str]
    elsewhere: Elsewhere

    @cached_property
    def secretariat(self) -> dict[str, int]:
        """Cents of the social secretariat by analytical account."""
        return item_total(self.year, _SECRETARIAT)

    def of(self, group: AccountClass, analytical: str) -> list[Lead]:
        """The leads on one line, in the sign of its class; none is nil."""
        found = [
            *self._other_years(group, analytical),
            *self._other_class(group, analytical),
            *self._granted(group, analytical),
            *self._unsplit(group, analytical),
        ]
        return [lead for lead in found if lead.reason.amount]

    def _other_years(self, group: AccountClass, analytical: str) -> Iterator[Lead]:
        """Invoices of the exercise dated in another year, and the reverse."""
        for entry in self.elsewhere.later:
            if (entry.group, entry.analytical) == (group.code, analytical):
                words = _("%s : à rattacher à l'exercice ?") % _entry_words(entry)
                yield Lead(Reason(words, entry.amount or 0))
        for entry in self.elsewhere.other:
            if (entry.group, entry.analytical) == (group.code, analytical):
                words = _("%s : à reporter à un autre exercice ?") % _entry_words(entry)
                yield Lead(Reason(words, -(entry.amount or 0)))

    def _other_class(self, group: AccountClass, analytical: str) -> Iterator[Lead]:
        """Costs that some charts of accounts put in the other of classes 61 and 62."""
        if group.code not in {RUNNING.code, STAFF.code}:
            return
        sign = 1 if group is STAFF else -1
        bought = sum(
            entry.amount or 0
            for entry in self.entries
            if entry.key in self.outside_payroll
            and entry.kind == "invoice"
            and (entry.group, entry.analytical) == (RUNNING.code, analytical)
        )
        yield Lead(
            Reason(_("Personnel non salarié, facturé (613 ici, parfois 62)"), sign * bought),
            f"outside_payroll:{analytical}",
        )
        paid = Reason(
            _("Secrétariat social (623 ici, parfois 613)"),
            -sign * self.secretariat.get(analytical, 0),
        )
        yield Lead(paid, f"{_SECRETARIAT}:{analytical}")

    def _granted(self, group: AccountClass, analytical: str) -> Iterator[Lead]:
        if group is SUBSIDIES:
            yield from (Lead(gap) for code, gap in granted_gaps(self.year) if code == analytical)

    def _unsplit(self, group: AccountClass, analytical: str) -> Iterator[Lead]:
        """What the product holds without an approval, and the accounts may have split."""
        amounts = [
            entry.amount or 0
            for entry in self.entries
            if (entry.group, entry.analytical) == (group.code, "")
        ]
        words = _("Écritures de ce logiciel sans agrément, ventilées en comptabilité")
        amount = sum(amounts) if analytical else -sum(amounts)
        yield Lead(Reason(words, amount), f"unsplit:{group.code}")
