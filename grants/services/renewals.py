"""Renewing a yearly award: the same award for the next year, expected, without any amount.

The letter of the new year has not come, so nothing of it is invented: no reference, no day, no
amount. What by nature goes on (scales, index regime, fund, rule of payment) is proposed with its
former source, to be confirmed; the posts stand again.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.federation.vocabulary import FigureStatus
from grants.models import Award, Post, Term
from grants.scheme import schemes
from grants.terms import TERMS, TermKind

GOING_ON = frozenset(
    (TermKind.REGIME, TermKind.SCALES, TermKind.CODE, TermKind.CHOICE, TermKind.YES_NO)
)
"""The kinds of terms that a new year does not change by itself."""


class NotRenewed(ValueError):
    """An award is not carried to the next year; the message is the reason, one sentence."""


@dataclass(frozen=True)
class Renewal:
    """What the award of the next year would be: nothing is written yet.

    `terms` and `posts` are those of the former award that stand again; `closed` are its posts that
    ended before it did, `dropped` the codes of the terms that only a letter fixes, its own or,
    while no letter has come, those of the awards that it renews.
    """

    former: Award
    reference: str
    label: str
    starts_on: date
    ends_on: date
    terms: tuple[Term, ...]
    dropped: tuple[str, ...]
    posts: tuple[Post, ...]
    closed: tuple[Post, ...]

    def end_of(self, former: date | None) -> date | None:
        """The end of what ended with the former award is that of the new one."""
        return self.ends_on if former == self.former.ends_on else former


def renewal_of(award: Award, taken: Collection[str], before: Sequence[Award] = ()) -> Renewal:
    """The renewal of a yearly award for the year after it; reads its terms and posts only.

    Args:
        award: with its terms, posts and approval at hand.
        taken: the references that the organisation already uses.
        before: the award that it renews, the one that this renews, and so on, with their terms.

    Raises:
        NotRenewed: it goes on, it does not end with a year, its scheme or approval ends, or the
            new reference is taken.
    """
    last = award.ends_on
    _refuse_unless_yearly(award, last)
    assert last is not None  # noqa: S101 - a yearly award ends
    year = last.year + 1
    reference = next_text(award.reference, last.year, "-")
    label = next_text(award.label, last.year, " ")
    _refuse_new(award, date(year, 1, 1))
    _refuse_words(reference, label, taken)
    standing = _standing_terms(award, last)
    posts = sorted(award.posts.all(), key=lambda post: post.code)
    return Renewal(
        former=award,
        reference=reference,
        label=label,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        terms=tuple(term for term in standing if goes_on(term.code)),
        dropped=tuple(_fixed_by_letter((award, *before))),
        posts=tuple(post for post in posts if post.ends_on is None or post.ends_on >= last),
        closed=tuple(post for post in posts if post.ends_on and post.ends_on < last),
    )


@transaction.atomic
def renew_award(*, renewal: Renewal) -> Award:
    """Write the award of the next year with its terms in words and its posts.

    What ended with the former award ends with the new one; an open or later end stays.
    """
    former = renewal.former
    award = Award.objects.create(
        organisation=former.organisation,
        approval=former.approval,
        reference=renewal.reference,
        scheme=former.scheme,
        label=renewal.label,
        starts_on=renewal.starts_on,
        ends_on=renewal.ends_on,
        renews=former,
    )
    Term.objects.bulk_create(
        Term(
            award=award,
            code=term.code,
            value=term.value,
            starts_on=renewal.starts_on,
            ends_on=renewal.end_of(term.ends_on),
            decided_on=term.decided_on,
            letter_reference=term.letter_reference,
            status=FigureStatus.TO_CONFIRM,
        )
        for term in renewal.terms
    )
    Post.objects.bulk_create(
        Post(
            award=award,
            code=post.code,
            function=post.function,
            diploma=post.diploma,
            fte=post.fte,
            starts_on=renewal.starts_on,
            ends_on=renewal.end_of(post.ends_on),
        )
        for post in renewal.posts
    )
    return award


def goes_on(code: str) -> bool:
    """Whether a term is proposed again by nature: not an amount, not a decision on one award."""
    return TERMS[code].kind in GOING_ON and not TERMS[code].once


def next_text(text: str, year: int, joint: str) -> str:
    """A text with its year advanced by one; one that names no year gets the new one at its end."""
    advanced, found = re.subn(rf"(?<!\d){year}(?!\d)", str(year + 1), text)
    return advanced if found else f"{text}{joint}{year + 1}"


def _refuse_unless_yearly(award: Award, last: date | None) -> None:
    if last is None:
        raise NotRenewed(_("La subvention n'a pas de fin : elle se poursuit."))
    if last + timedelta(days=1) != date(last.year + 1, 1, 1):
        raise NotRenewed(
            _("Elle se termine le %(day)s, avant la fin de l'année : une suite se décide.")
            % {"day": f"{last:%d/%m/%Y}"}
        )
    if award.starts_on.year != last.year:
        raise NotRenewed(
            _("Elle couvre plusieurs années, du %(first)s au %(last)s : une suite se décide.")
            % {"first": f"{award.starts_on:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
        )


def _refuse_new(award: Award, first: date) -> None:
    scheme, approval = schemes()[award.scheme], award.approval
    if scheme.ends_on is not None and scheme.ends_on < first:
        ended = _("Le régime prend fin le %(day)s.") % {"day": f"{scheme.ends_on:%d/%m/%Y}"}
        followed = _(" ; ").join(scheme.successor_labels())
        raise NotRenewed(
            ended + _(" Il est suivi par : %(schemes)s.") % {"schemes": followed}
            if followed
            else ended
        )
    if approval is not None and approval.ends_on is not None and approval.ends_on < first:
        raise NotRenewed(
            _("L'agrément %(code)s prend fin le %(day)s.")
            % {"code": approval.code, "day": f"{approval.ends_on:%d/%m/%Y}"}
        )


def _refuse_words(reference: str, label: str, taken: Collection[str]) -> None:
    if reference in taken:
        raise NotRenewed(
            _(
                "La référence %(reference)s existe déjà : si c'est sa suite, indiquez-le dans sa "
                "colonne « Reconduit »."
            )
            % {"reference": reference}
        )
    for name, text in (("reference", reference), ("label", label)):
        field: Any = Award._meta.get_field(name)  # noqa: SLF001 - Django's public Meta
        if len(text) > field.max_length:
            raise NotRenewed(
                _("« %(text)s » dépasse %(most)d caractères : encodez la suite vous-même.")
                % {"text": text, "most": field.max_length}
            )


def _standing_terms(award: Award, last: date) -> list[Term]:
    """The term of each code that holds on the last day of the award, newest decision first."""
    found: dict[str, Term] = {}
    for term in sorted(award.terms.all(), key=lambda one: (one.starts_on, one.decided_on)):
        if term.starts_on <= last and (term.ends_on is None or term.ends_on >= last):
            found[term.code] = term
    return [found[code] for code in TERMS if code in found]


def _fixed_by_letter(chain: Sequence[Award]) -> Iterator[str]:
    """The terms that the next letter must fix: those that the last letter of the chain fixed."""
    found: set[str] = set()
    for award in chain:
        terms = _standing_terms(award, award.ends_on) if award.ends_on else []
        found |= {term.code for term in terms if not goes_on(term.code)}
        if not award.is_expected:
            break
    yield from (code for code in TERMS if code in found)
