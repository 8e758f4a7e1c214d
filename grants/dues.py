"""What an award asks for by a day: the day stored where there is one, else the rule's.

The only place that tells which day holds: the page of a dossier, the list of deadlines, reminders
and calendars all read it here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from backoffice.engine.sheet import labels
from grants.models import Deadline
from grants.snapshots import AwardFacts
from grants.terms import read_day
from grants.year_rules import FUNDERS_DUTIES, YearRule

LETTER = "letter"
"""The code of the day that the letter of an award fixes itself."""

_LETTER_TERM = "justify_by"
_LETTER_LABEL = labels("Justification (lettre d'octroi)", "Verantwoording (toekenningsbrief)")


@dataclass(frozen=True)
class Due:
    """One thing due for an exercise of an award.

    `code` names it within the exercise: the kind of its rule, numbered from the second rule of the
    same kind on, in the order of the scheme's file; so a rule whose day changes keeps its code.
    `rule_on` is the day that the rule gives now, None when it gives none; `row` is what is stored.
    """

    code: str
    kind: str
    label: Mapping[str, str]
    source: str
    status: str
    rule_on: date | None
    rule: YearRule | None
    row: Deadline | None

    @property
    def due_on(self) -> date | None:
        """The day that holds; None while nobody knows it."""
        return self.row.due_on if self.row else self.rule_on

    @property
    def state(self) -> str:
        return self.row.state if self.row else Deadline.State.OPEN

    @property
    def consequence(self) -> Mapping[str, str] | None:
        """What the rule says of a miss, in words."""
        return self.rule.consequence if self.rule else None

    @property
    def binds_the_funder(self) -> bool:
        return self.kind in FUNDERS_DUTIES

    @property
    def differs(self) -> bool:
        """Whether the rule gives another day than when somebody last looked, or none any more."""
        return self.row is not None and self.rule_on != self.row.rule_on


def dues_of(facts: AwardFacts, year: int, known_on: date) -> tuple[Due, ...]:
    """Everything due for an exercise, by day, those without a day last.

    Reads the stored deadlines of the award only: have them at hand.
    """
    stored = {row.code: row for row in facts.row.deadlines.all() if row.year == year}
    found = list(_by_rules(facts, year, known_on, stored))
    gone = [row for code, row in stored.items() if code not in {due.code for due in found}]
    found += [_stored(row, None, None) for row in gone]
    return tuple(sorted(found, key=lambda due: (due.due_on or date.max, due.code)))


def _by_rules(
    facts: AwardFacts, year: int, known_on: date, stored: Mapping[str, Deadline]
) -> Iterator[Due]:
    """What the scheme and the letter ask for; a rule without a day only when one is awaited."""
    granted = facts.granted(known_on)
    amount = None if granted is None else Fraction(granted, 100)
    moment, counts = facts.moment, Counter[str]()
    rules = facts.scheme.rules_due(year, moment, amount)
    for rule in rules:
        counts[rule.kind] += 1
        rank = counts[rule.kind]
        code = rule.kind if rank == 1 else f"{rule.kind}-{rank}"
        day = rule.on(year, moment)
        if code in stored:
            yield _stored(stored[code], day, rule)
        elif day is not None or rule.awaits(year, moment):
            yield Due(code, rule.kind, rule.label, rule.source, rule.status, day, rule, None)
    if not any(rule.after == _LETTER_TERM for rule in rules):
        yield from _by_letter(facts, stored)


def _by_letter(facts: AwardFacts, stored: Mapping[str, Deadline]) -> Iterator[Due]:
    written = facts.texts.get(_LETTER_TERM)
    day = None if written is None else read_day(written)
    if LETTER in stored:
        yield _stored(stored[LETTER], day, None)
    elif day is not None or _LETTER_TERM in facts.scheme.required_terms:
        source = facts.row.letter_reference
        yield Due(LETTER, "pieces", _LETTER_LABEL, source, "confirmed", day, None, None)


def _stored(row: Deadline, rule_on: date | None, rule: YearRule | None) -> Due:
    """A stored deadline; its rule, while it gives the same day, tells better how sure it is."""
    if rule is not None and rule_on is not None and rule_on == row.rule_on:
        return Due(row.code, row.kind, rule.label, rule.source, rule.status, rule_on, rule, row)
    label = {"fr": row.label_fr, "nl": row.label_nl}
    return Due(row.code, row.kind, label, row.source, row.status, rule_on, rule, row)
