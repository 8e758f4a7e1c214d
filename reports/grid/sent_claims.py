"""Worker-months that a frozen or sent dossier asks for already, and another award asks again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.engine.claims.ledger import Ledger
from backoffice.web.templatetags.money import eur
from reports.radar.claimed import staff_now, staff_sent, standing
from reports.radar.content import Claimant, Finding
from reports.radar.months import Cell, months_above_cost, shared_hours
from reports.radar.search import by_cell
from reports.sent import Sent
from reports.snapshots import YearFacts


@dataclass(frozen=True)
class Clash:
    """A month asked above what it holds: `live` by awards of today, `gone` by what has left.

    `size` is the cents above the cost and the hours (hundredths a week) carried twice.
    """

    live: frozenset[str]
    gone: tuple[Claimant, ...]
    size: tuple[int, int]

    @property
    def words(self) -> str:
        """Which version asks already, and how much is asked twice."""
        versions = ", ".join(
            _("%(award)s, version %(version)s figée")
            % {"award": one.reference, "version": one.version}
            for one in self.gone
        )
        if self.size[0]:
            words = _("Mois déjà demandé par %(versions)s : %(amount)s de trop.")
            return words % {"versions": versions, "amount": eur(self.size[0])}
        return _("Heures déjà demandées par %(versions)s.") % {"versions": versions}


def clashes_of(facts: YearFacts, ledger: Ledger, sent: Sequence[Sent]) -> Mapping[Cell, Clash]:
    """By worker and month, what the radar forbids between what has left and today's awards."""
    if not sent:
        return {}
    staff = standing(staff_now(facts, ledger), staff_sent(sent))
    room = by_cell(facts, ledger.room.tolist())
    contract = by_cell(facts, facts.staff.pay.contract.tolist())
    found: dict[Cell, Clash] = {}
    for one in (*months_above_cost(staff, room), *shared_hours(staff, contract)):
        clash = _clash(one)
        if clash is not None:
            cell = one.who, one.month
            found[cell] = _both(found[cell], clash) if cell in found else clash
    return found


def _clash(finding: Finding) -> Clash | None:
    claimants = [claimant for claimant, _amount in finding.claims]
    live = frozenset(one.reference for one in claimants if one.version is None)
    gone = tuple(one for one in claimants if one.version is not None)
    if finding.tone != "forbidden" or not live or not gone:
        return None
    above = finding.amount or 0 if finding.kind == "month" else 0
    return Clash(live, gone, (above, finding.hours or 0))


def _both(one: Clash, other: Clash) -> Clash:
    gone = tuple(dict.fromkeys((*one.gone, *other.gone)))
    size = max(one.size[0], other.size[0]), max(one.size[1], other.size[1])
    return Clash(one.live | other.live, gone, size)


def grows(clash: Clash, former: Clash | None) -> bool:
    """Whether a clash asks for more than before."""
    pairs = zip(clash.size, former.size if former else (0, 0), strict=True)
    return former is None or any(now > before for now, before in pairs)


def remedy_of(clash: Clash, locks: Mapping[str, str]) -> str:
    """What to do: open a correction of what has left, or freeze the one in preparation.

    Args:
        clash: between what has left and today's awards.
        locks: what locks an award, by its reference; none for one that is being corrected.
    """
    held = [locks[one.reference] for one in clash.gone if one.reference in locks]
    if held:
        return " ".join(held)
    return _("Sa correction est en préparation : figez-la avant l'autre justification.")


def locked_page(clash: Clash, locked: Iterable[str]) -> str:
    """The award whose justification must be corrected first; empty for none."""
    known = set(locked)
    return next((one.reference for one in clash.gone if one.reference in known), "")
