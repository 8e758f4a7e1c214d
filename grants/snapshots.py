"""Award rows as the engine receives them: terms above the figures, posts as columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from backoffice.engine.claims.inputs import Posts
from backoffice.engine.figures import (
    Figure,
    FigureNotDefined,
    Figures,
    FigureValue,
    Source,
)
from backoffice.engine.periods import Period
from backoffice.federation.vocabulary import Function
from grants.ceilings import ceiling_for, unpublished
from grants.models import Award, Post, Term
from grants.scheme import Scheme, SchemeNotInForce, schemes
from grants.terms import TERMS, UNIT_OF, BadTerm, premium_figure, read_number, read_yes_no
from grants.year_rules import Moment

FUNCTIONS = tuple(Function.values)
_ONE_DAY = timedelta(days=1)
_DEN_FTE = 10_000


@dataclass(frozen=True)
class AwardFacts:
    """One award of an exercise: its row, scheme, terms as text and as figures, and its posts."""

    row: Award
    scheme: Scheme
    exercise: Period
    posts: tuple[Post, ...]
    texts: dict[str, str]
    terms: tuple[Figure, ...]

    @property
    def ceiling(self) -> str:
        """Short name of the figure with the amount per FTE: the one that the terms choose."""
        if self.scheme.ceilings:
            return ceiling_for(self.scheme.ceilings, self.texts)
        return "ceiling"

    @property
    def approved_months(self) -> int | None:
        """Months of the exercise that the approval covers, even in part.

        None where the scheme does not grant by month of approval, or the award has no approval.
        """
        approval = self.row.approval
        if approval is None or not self.scheme.options.get("approval_months"):
            return None
        covered = Period.inclusive(approval.starts_on, approval.ends_on)
        return len(covered.overlap(self.exercise).months())

    @property
    def refused_functions(self) -> frozenset[int] | None:
        """Functions, as slices number them, that the beneficiary's legal form leaves unfinanced."""
        found = self.scheme.refused_functions(self.texts.get("form"))
        return None if found is None else frozenset(FUNCTIONS.index(code) for code in found)

    @property
    def premium(self) -> str:
        """Short name of the figure with the premium of a post: the one of the type it is under."""
        kind = self.texts.get("premium_type")
        return "premium" if kind is None else premium_figure(kind)

    @property
    def absent_terms(self) -> list[str]:
        """Terms in words (scales, regime, fund, day) that the scheme asks for and the letter lacks.

        A number that is absent shows when the computation needs it, and only then.
        """
        wanted = self.scheme.required_terms
        return [
            code for code in wanted if TERMS[code].kind not in UNIT_OF and code not in self.texts
        ]

    @property
    def outside_life(self) -> FigureNotDefined | None:
        """Why the scheme gives nothing, where the whole exercise lies outside its life."""
        if not self.exercise.overlap(self.scheme.life_period).is_empty:
            return None
        first = self.exercise.start
        try:
            self.scheme.must_be_in_force(first)
        except SchemeNotInForce as error:
            return FigureNotDefined(f"{self.scheme.code}.life", first, "repealed", str(error))
        return None

    @property
    def moment(self) -> Moment:
        """The days that the scheme's rules may count from."""
        row = self.row
        return Moment(self.exercise, row.starts_on, row.ends_on, row.notified_on, self.texts)

    def granted(self, known_on: date) -> int | None:
        """The amount that a letter fixes for the exercise, in cents; None while none is known.

        An amount without an end that began before the year was not decided for it: it is not taken.
        """
        figure = next((one for one in self.terms if one.code.endswith(".granted")), None)
        if figure is None or self.exercise.is_empty:
            return None
        try:
            value = figure.on(self.exercise.stop - _ONE_DAY, known_on)
        except FigureNotDefined:
            return None
        first = date(self.exercise.start.year, 1, 1)
        decided = value.since >= first or value.until is not None
        return int(value.exact * 100) if decided else None

    def number(self, code: str, known_on: date) -> Fraction | None:
        """A term written as a number, on the last day of the exercise; None where none is written.

        Decisions taken after `known_on` are not seen.
        """
        name = f"{self.scheme.code}.{code}"
        figure = next((one for one in self.terms if one.code == name), None)
        try:
            day = self.exercise.stop - _ONE_DAY
            return None if figure is None else figure.on(day, known_on).exact
        except FigureNotDefined:
            return None

    @property
    def not_before(self) -> date | None:
        """First day whose costs are admitted: the notification, where the scheme says so.

        None where nothing of the kind is asked, or where the funder made an exception.
        """
        since, row = self.scheme.options.get("after_notification"), self.row
        if since is None or row.letter_on is None or row.letter_on < since:
            return None
        written = self.texts.get("started_early")
        return None if written is not None and read_yes_no(written) else row.notified_on

    def figures(self, registry: Figures) -> Figures:
        """The registry under the terms of the award."""
        code = f"{self.scheme.code}.{self.ceiling}"
        if self.scheme.ceilings and code not in registry:
            absent = unpublished(code, self.texts, self.scheme.starts_on)
            registry = registry.with_values([absent])
        return registry.with_terms(self.terms)


def award_facts(row: Award, year: Period, terms: Iterable[Term], known_on: date) -> AwardFacts:
    """What the engine needs of an award for one year, as it was known on a day."""
    scheme = schemes()[row.scheme]
    exercise = Period.inclusive(row.starts_on, row.ends_on).overlap(year)
    texts, numbers = {}, dict[str, list[FigureValue]]()
    for term in sorted(terms, key=lambda one: (one.starts_on, one.decided_on, one.pk or 0)):
        if TERMS[term.code].kind in UNIT_OF:
            numbers.setdefault(term.code, []).append(_value(term))
        elif term.decided_on <= known_on and _touches(term, exercise):
            texts[term.code] = term.value.strip()
    facts = AwardFacts(row, scheme, exercise, tuple(row.posts.all()), texts, ())
    figures = tuple(_figure(facts, code, values) for code, values in numbers.items())
    return AwardFacts(row, scheme, exercise, facts.posts, texts, figures)


def _figure(facts: AwardFacts, code: str, values: list[FigureValue]) -> Figure:
    """A term as a figure of the scheme, above the one of its fund or of its type of premium."""
    name = {"ceiling": facts.ceiling, "premium": facts.premium}.get(code, code)
    term = TERMS[code]
    label = {"fr": term.fr, "nl": term.nl}
    return Figure(f"{facts.scheme.code}.{name}", label, UNIT_OF[term.kind], tuple(values))


def _touches(term: Term, exercise: Period) -> bool:
    return not Period.inclusive(term.starts_on, term.ends_on).overlap(exercise).is_empty


def _value(term: Term) -> FigureValue:
    """The value of a term; one that can be read no more is missing, and says why."""
    value, status, note = None, "missing", ""
    try:
        value, status = read_number(term.code, term.value), term.status
    except BadTerm as error:
        note = str(error)
    return FigureValue(
        since=term.starts_on,
        until=None if term.ends_on is None else term.ends_on + _ONE_DAY,
        value=value,
        text=term.value,
        decided=term.decided_on,
        status=status,
        source=Source(f"{term.letter_reference}, {term.decided_on:%d/%m/%Y}"),
        note=note,
    )


def post_columns(posts: Iterable[Post]) -> Posts:
    """The posts of an award as columns, in the order given."""
    rows = [
        (
            FUNCTIONS.index(post.function),
            int(Fraction(post.fte) * _DEN_FTE),
            *ordinals(post.starts_on, post.ends_on),
        )
        for post in posts
    ]
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 4).T
    return Posts(*columns)


def ordinals(starts_on: date, ends_on: date | None) -> tuple[int, int]:
    """First day and day after the last as ordinals; an open end is the end of the calendar."""
    stop = date.max.toordinal() if ends_on is None else ends_on.toordinal() + 1
    return starts_on.toordinal(), stop
