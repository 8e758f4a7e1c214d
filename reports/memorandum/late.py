"""How late each funder pays: its instalments due by the day of the statement, as in dossiers."""

from collections import defaultdict

from reports.dossier import InstalmentLine
from reports.lines import instalment_lines, receipt_lines
from reports.memorandum.observed import NO_FUNCTION, NO_FUNCTIONS, Observed
from reports.memorandum.placing import OUTSIDE, UNPLACED, EmployerYear

LATE_BASES = ("instalments", "late_instalments", "expected", "euro_days", "outstanding")


def observe_late(seen: Observed, year: EmployerYear) -> None:
    """Instalments, late ones, euros expected, euros x days late, and euros still missing.

    An award without approval at an employer that holds several counts for its first service.
    """
    lines: dict[tuple[int, str], list[InstalmentLine]] = defaultdict(list)
    for index, award in enumerate(year.facts.awards):
        service = year.place(award.row.approval_id)
        if service == OUTSIDE:
            continue
        if service == UNPLACED:
            service = year.employer.services[0].index
        receipts = receipt_lines(year.facts, award)
        due = (
            line
            for line in instalment_lines(year.facts, award, receipts)
            if line.due_on <= year.facts.as_of
        )
        lines[service, year.funder(index)].extend(due)
    for (service, funder), found in lines.items():
        for base, amount in zip(LATE_BASES, _sums(found), strict=True):
            seen.say(service, base, {NO_FUNCTION: amount}, funder, functions=NO_FUNCTIONS)
        seen.late_days.setdefault(funder, []).extend(line.late_days for line in found)


def _sums(lines: list[InstalmentLine]) -> tuple[int, ...]:
    return (
        len(lines),
        sum(line.late_days > 0 for line in lines),
        sum(line.expected for line in lines),
        sum(line.expected * line.late_days for line in lines),
        sum(max(line.expected - line.received, 0) for line in lines),
    )
