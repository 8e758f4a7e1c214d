"""Decisions of the funder around an exercise: amended, taken late, or not taken yet."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from backoffice.engine.sheet import FigureUse
from backoffice.web.templatetags.labels import cited, said
from backoffice.web.templatetags.money import day
from grants.terms import TERMS
from reports.checks.rule import Case
from reports.documents.words import figure_text
from reports.dossier import Check


def figures_stale(case: Case) -> Iterator[Check]:
    """A yearly value that began before the exercise, and that nothing has replaced for it."""
    first_day = date(case.facts.year, 1, 1)
    if case.award.row.starts_on >= first_day:
        return
    for use in _last_values(case):
        if use.since < first_day:
            yield Check(
                code="figure_stale",
                level="warning",
                subject=f"stale:{use.code}@{use.since.isoformat()}={use.text}",
                who=use.code,
                month="",
                message=_(
                    "%(label)s : %(text)s vaut depuis le %(since)s, rien n'est décidé pour "
                    "%(year)s. Source : %(source)s."
                )
                % {
                    "label": said(use.label),
                    "text": figure_text(use),
                    "since": day(use.since),
                    "year": case.facts.year,
                    "source": cited(use.source),
                },
                todo=_(
                    "Encodez la valeur de l'exercice d'après la lettre, ou acceptez nommément que "
                    "l'ancienne reste."
                ),
            )


def _last_values(case: Case) -> Iterator[FigureUse]:
    """Of each figure that the funder decides every year, the last value that the claim rests on."""
    award = case.claim.award
    named = {award.ceiling: "ceiling", award.premium: "premium"}
    last: dict[str, FigureUse] = {}
    for use in case.claim.uses:
        name = use.code.removeprefix(f"{case.award.scheme.code}.")
        term = TERMS.get(named.get(name, name))
        if term is not None and term.yearly:
            last[use.code] = use
    yield from last.values()


def award_amended(case: Case) -> Iterator[Check]:
    """A later decision that changes the exercise: effective in it, or taken after it began."""
    exercise, row = case.award.exercise, case.award.row
    for one in row.amendments.all():
        late = max(one.effective_on, one.decided_on)
        if one.decided_on > case.facts.as_of or one.effective_on >= exercise.stop:
            continue
        if late >= exercise.start:
            yield Check(
                code="award_amended",
                level="info",
                subject=f"amendment:{one.number}",
                who=row.reference,
                month=f"{one.effective_on:%Y-%m}",
                message=_(
                    "Avenant n° %(number)s (%(letter)s) décidé le %(decided)s, effet le "
                    "%(effective)s : %(reason)s."
                )
                % {
                    "number": one.number,
                    "letter": one.letter_reference,
                    "decided": day(one.decided_on),
                    "effective": day(one.effective_on),
                    "reason": one.reason.rstrip("."),
                },
                todo=_("Vérifiez que les termes de la subvention suivent l'avenant."),
            )


def retroactive_decisions(case: Case) -> Iterator[Check]:
    """Terms of the exercise decided after their first day, one finding per letter and days."""
    found: dict[tuple[date, date, str], list[str]] = {}
    exercise = case.award.exercise
    for term in case.award.row.terms.all():
        ended = term.ends_on is not None and term.ends_on < exercise.start
        known = term.decided_on <= case.facts.as_of
        if known and not ended and term.starts_on < min(exercise.stop, term.decided_on):
            key = term.decided_on, term.starts_on, term.letter_reference
            found.setdefault(key, []).append(said(TERMS[term.code].words))
    for (decided, since, letter), labels in sorted(found.items()):
        yield Check(
            code="retroactive_decision",
            level="info",
            subject=f"retroactive:{letter}:{since.isoformat()}:{decided.isoformat()}",
            who=case.award.row.reference,
            month=f"{since:%Y-%m}",
            message=_(
                "Décidé le %(decided)s avec effet au %(since)s (%(letter)s) : %(labels)s. Un état "
                "d'avant cette décision ne la connaissait pas."
            )
            % {
                "decided": day(decided),
                "since": day(since),
                "letter": letter,
                "labels": ", ".join(sorted(labels)),
            },
            todo="",
        )
