"""What the rule tables ask of an award by its terms: its ceiling, and the payments to expect."""

from datetime import date
from decimal import Decimal

from backoffice.engine import money
from backoffice.engine.claims.grants import grant
from backoffice.engine.claims.inputs import Known
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.periods import year_period
from backoffice.engine.sheet import decimal_text
from grants.models import Award, Post
from grants.scheme import Scheme, general_figures
from grants.services.instalments import expected_for
from grants.snapshots import AwardFacts, post_columns
from tests.engine.claims.simple import award_of


def terms_in(written: str) -> dict[str, str]:
    """Terms of an award written "fund=330;chamber=2"."""
    return dict(term.split("=") for term in written.split(";") if term)


def facts_of(scheme: Scheme, terms: dict[str, str], year: int, fte: str = "1") -> AwardFacts:
    """An award of a year with these terms and one post."""
    exercise = year_period(year)
    post = Post(function="social", fte=Decimal(fte), starts_on=scheme.starts_on)
    return AwardFacts(
        Award(starts_on=exercise.start, scheme=scheme.code), scheme, exercise, (post,), terms, ()
    )


def ceiling(scheme: Scheme, written: str, day: str) -> str:
    """The amount per FTE that an award with these terms follows, or why it is not known."""
    on = date.fromisoformat(day)
    facts = facts_of(scheme, terms_in(written), on.year)
    try:
        value = facts.figures(general_figures()).on(f"{scheme.code}.{facts.ceiling}", on)
    except FigureNotDefined as error:
        return error.reason
    return decimal_text(value.exact)


def advances(scheme: Scheme, written: str, year: str) -> str:
    """Days and euros of the payments of an exercise, for one post of "fte"."""
    terms = terms_in(written)
    fte = terms.pop("fte")
    facts = facts_of(scheme, terms, int(year), fte)
    known = Known(facts.figures(general_figures()), scheme.code, date(2026, 11, 26))
    award = award_of(
        scheme.shape,
        exercise=facts.exercise,
        posts=post_columns(facts.posts),
        ceiling=facts.ceiling,
    )
    try:
        granted = grant(award, known).granted
    except FigureNotDefined:
        granted = None
    found = expected_for(facts, granted, known)
    return "+".join(f"{one.due_on.isoformat()}:{money.text(one.amount)}" for one in found)
