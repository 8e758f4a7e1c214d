"""How late each funder pays: its instalments due by the day of the statement, as in dossiers."""

from collections import defaultdict

from reports.dossier import InstalmentLine
from reports.lines import instalment_lines, receipt_lines
from reports.memorandum.observed import NO_FUNCTION, NO_FUNCTIONS, Observed
from reports.memorandum.placing import OUTSIDE, UNPLACED, EmployerYear

LATE_BASES = ("instalments", "late_instalments", "expected", "euro_days", "outstanding")


def observe_late(seen: Observed, year: EmployerYear) -> None:
    """Instalments, late ones, euros expected, euros x days late, and euros still missing.

    An award without approval at an employer that holds several counts for its first service. An
    award without any instalment leaves what its funder owes the service unknown.
    """
    lines: dict[tuple[int, str], list[InstalmentLine]] = defaultdict(list)
    lost: set[tuple[int, str]] = set()
    for index, award in enumerate(year.facts.awards):
        service = year.place(award.row.approval_id)
        if service == OUTSIDE:
            continue
        if service == UNPLACED:
            service = year.employer.services[0].index
        receipts = receipt_lines(year.facts, award)
        key = service, year.funder(index)
        every = tuple(instalment_lines(year.facts, award, receipts))
        lines[key].extend(line for line in every if line.due_on <= year.facts.as_of)
        if not every:
            lost.add(key)
    for (service, funder), found in lines.items():
        known = NO_FUNCTIONS if (service, funder) not in lost else ()
        for base, amount in zip(LATE_BASES, _sums(found), strict=True):
            amounts = {NO_FUNCTION: amount} if known else {}
            seen.say(service, base, amounts, funder, functions=known)
        seen.late_days.setdefault(funder, []).extend(line.late_days for line in found)


def _sums(lines: list[InstalmentLine]) -> tuple[int, ...]:
    return (
        len(lines),
        sum(line.late_days > 0 for line in lines),
        sum(line.expected for line in lines),
        sum(line.expected * line.late_days for line in lines),
        sum(max(line.expected - line.received, 0) for line in lines),
    )
