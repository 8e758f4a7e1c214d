"""Amending an award: a later decision of the funder that gives terms another value.

Nothing is overwritten: each new value is a row with the day of its decision, so that a statement of
an earlier day still shows what was known then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.web.templatetags.labels import said
from grants.models import Amendment, Award, Term
from grants.scheme import schemes
from grants.terms import TERMS, UNIT_OF, BadTerm, read_number, read_term


class NotAmended(ValueError):
    """An amendment is refused; `problems` says each reason in one sentence."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True)
class Decision:
    """The letter of an amendment; `number` None is the next one of the award."""

    letter_reference: str
    decided_on: date
    effective_on: date
    reason: str
    number: int | None = None


@transaction.atomic
def amend_award(
    *, award: Award, decision: Decision, terms: Mapping[str, str], known_on: date
) -> Amendment:
    """Record an amendment and the terms it changes, by code.

    A new value lasts as long as the one it replaces, and no longer than until the next one that is
    already written. The award is locked meanwhile.

    Args:
        award: whose letter has come.
        decision: the letter of the amendment.
        terms: the new values as the letter writes them.
        known_on: today; a decision cannot be later.

    Raises:
        NotAmended: the input contradicts itself, the award, or what is already recorded.
    """
    Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    rows = list(award.terms.order_by("starts_on", "decided_on"))
    amendments = list(award.amendments.order_by("number"))
    problems = [
        *_letter_problems(award, decision, known_on),
        *_repeated(amendments, decision),
        *(
            problem
            for code, value in terms.items()
            for problem in _term_problems(award, rows, decision, (code, value))
        ),
    ]
    if not terms:
        problems.append(_("Aucun terme ne change : indiquez au moins une nouvelle valeur."))
    if problems:
        raise NotAmended(problems)
    last = amendments[-1].number if amendments else 0
    amendment = Amendment.objects.create(
        award=award,
        number=decision.number or last + 1,
        letter_reference=decision.letter_reference,
        decided_on=decision.decided_on,
        effective_on=decision.effective_on,
        reason=decision.reason,
    )
    Term.objects.bulk_create(
        Term(
            award=award,
            code=code,
            value=value.strip(),
            starts_on=decision.effective_on,
            ends_on=_end(rows, code, decision.effective_on),
            decided_on=decision.decided_on,
            letter_reference=decision.letter_reference,
        )
        for code, value in terms.items()
    )
    return amendment


def term_on(rows: Sequence[Term], code: str, on: date) -> Term | None:
    """The value of a term in force on a day, all decisions known; None when there is none.

    Args:
        rows: the terms of one award, by first day and decision.
        code: the term.
        on: the day.
    """
    begun = [row for row in rows if row.code == code and row.starts_on <= on]
    last = begun[-1] if begun else None
    return None if last is None or (last.ends_on and last.ends_on < on) else last


def _end(rows: Sequence[Term], code: str, first: date) -> date | None:
    """Last day of a new value: that of the one it replaces, or the eve of the next one."""
    current = term_on(rows, code, first)
    ends = [current.ends_on] if current and current.ends_on else []
    later = [row.starts_on for row in rows if row.code == code and row.starts_on > first]
    ends += [min(later) - timedelta(days=1)] if later else []
    return min(ends, default=None)


def _letter_problems(award: Award, decision: Decision, known_on: date) -> Iterator[str]:
    decided, effective = f"{decision.decided_on:%d/%m/%Y}", f"{decision.effective_on:%d/%m/%Y}"
    if award.letter_on is None:
        yield _("La lettre d'octroi n'est pas reçue : encodez-la avant un avenant.")
    elif decision.decided_on < award.letter_on:
        yield _("L'avenant est décidé le %(day)s, avant la lettre d'octroi du %(letter)s.") % {
            "day": decided,
            "letter": f"{award.letter_on:%d/%m/%Y}",
        }
    if decision.decided_on > known_on:
        yield _("L'avenant est décidé le %(day)s, après aujourd'hui : vérifiez la date.") % {
            "day": decided
        }
    after = award.ends_on is not None and decision.effective_on > award.ends_on
    if after or decision.effective_on < award.starts_on:
        yield _("Il prend effet le %(day)s, hors de la subvention (%(first)s \u2013 %(last)s).") % {
            "day": effective,
            "first": f"{award.starts_on:%d/%m/%Y}",
            "last": f"{award.ends_on:%d/%m/%Y}" if award.ends_on else _("sans fin"),
        }
    for text, most, name in (
        (decision.letter_reference, 120, _("La référence de la lettre")),
        (decision.reason, 250, _("L'objet")),
    ):
        if not text.strip() or len(text) > most:
            yield _("%(name)s manque ou dépasse %(most)d caractères.") % {
                "name": name,
                "most": most,
            }


def _repeated(amendments: Sequence[Amendment], decision: Decision) -> Iterator[str]:
    """The same number, or the same letter, is already recorded."""
    for one in amendments:
        same = (one.letter_reference, one.decided_on)
        if same == (decision.letter_reference, decision.decided_on):
            yield _("Cette lettre est déjà l'avenant n° %(number)d.") % {"number": one.number}
        elif one.number == decision.number:
            yield _("L'avenant n° %(number)d existe déjà, décidé le %(day)s.") % {
                "number": one.number,
                "day": f"{one.decided_on:%d/%m/%Y}",
            }


def _term_problems(
    award: Award, rows: Sequence[Term], decision: Decision, term: tuple[str, str]
) -> Iterator[str]:
    """A value that cannot be read, changes nothing, or is already overtaken."""
    code, value = term
    if code not in TERMS:
        yield _("Le terme « %(code)s » n'existe pas. Termes : %(known)s.") % {
            "code": code,
            "known": ", ".join(TERMS),
        }
        return
    name = {"name": said(TERMS[code].words), "value": value.strip()}
    try:
        read_term(code, value.strip(), schemes()[award.scheme].choices_of(code))
    except BadTerm as error:
        yield _(" : ").join((said(TERMS[code].words), str(error)))
        return
    if not value.strip():
        yield _("%(name)s : la nouvelle valeur manque.") % name
        return
    current = term_on(rows, code, decision.effective_on)
    if current is not None and _same(code, current.value, value):
        yield _("%(name)s vaut déjà %(value)s ce jour-là : l'avenant ne le change pas.") % name
    for row in rows:
        same_day = row.code == code and row.starts_on == decision.effective_on
        if same_day and row.decided_on >= decision.decided_on:
            yield _(
                "%(name)s : une décision du %(day)s fixe déjà la valeur à partir de ce jour."
            ) % {**name, "day": f"{row.decided_on:%d/%m/%Y}"}


def _same(code: str, one: str, other: str) -> bool:
    if TERMS[code].kind in UNIT_OF:
        return read_number(code, one) == read_number(code, other)
    return one.strip() == other.strip()
