"""The funder's decision, line by line: entered as it is read, then recorded as a whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine import money
from backoffice.engine.claims.lines import spread
from backoffice.federation.models import StoredFile
from backoffice.web.templatetags.money import eur
from reports.models import Decision, DecisionLine, Justification, JustificationFile, State
from reports.workflow.sent_lines import Answer, Claimed, Place, SentLine, claimed_of, full_answer
from reports.workflow.steps import MoveRefused, Outcome, Step, locked, record


@dataclass(frozen=True)
class Letter:
    """What a decision comes with: its day, its reference, and the document when there is one."""

    on: date
    reference: str
    document: StoredFile | None = None


def answer(line: SentLine, accepted: int, reason: str) -> Answer:
    """What a funder says of one line, from the amount that it accepts.

    Raises:
        MoveRefused: the amount is outside the line, or a refusal has no reason.
    """
    low, high = min(line.admissible, 0), max(line.admissible, 0)
    if not low <= accepted <= high:
        raise MoveRefused(
            _("%(who)s, %(about)s : %(amount)s n'est pas entre %(low)s et %(high)s.")
            % {
                "who": line.who,
                "about": line.about,
                "amount": eur(accepted),
                "low": eur(low),
                "high": eur(high),
            }
        )
    refused = line.presented - accepted
    if accepted == line.admissible and not reason.strip():
        return full_answer(line)
    if refused and not reason.strip():
        raise MoveRefused(
            _("%(who)s, %(about)s : indiquez le motif du refus.")
            % {"who": line.who, "about": line.about}
        )
    return Answer(accepted, refused, reason.strip() if refused else "")


def answer_head(claimed: Claimed, head: str, accepted: int, reason: str) -> dict[Place, Answer]:
    """The answers of every line of a head, of which the funder only says how much it accepts.

    The amount is shared over the lines by what is admissible of each (largest remainder).

    Raises:
        MoveRefused: the amount is more than the lines hold, or no reason is given.
    """
    lines = [line for line in claimed.lines if line.head == head]
    admissible = [line.admissible for line in lines]
    least, most = sum(min(one, 0) for one in admissible), sum(admissible)
    if not lines or not least <= accepted <= most:
        raise MoveRefused(
            _("Rubrique : %(amount)s n'est pas entre %(low)s et %(high)s admissibles.")
            % {
                "amount": eur(accepted),
                "low": eur(least),
                "high": eur(most),
            }
        )
    if accepted == 0:
        parts = [0] * len(lines)
    else:
        parts = spread(accepted, np.array(admissible, dtype=np.int64)).tolist()
    return {line.place: answer(line, part, reason) for line, part in zip(lines, parts, strict=True)}


def answers_of(file: JustificationFile) -> dict[Place, Answer]:
    """What is entered so far, by line."""
    return {
        (one.kind, one.row): Answer(money.cents(one.accepted), money.cents(one.refused), one.reason)
        for one in file.decided_lines.all()
    }


@transaction.atomic
def enter_lines(
    *, step: Step, answers: Mapping[Place, Answer], cleared: Iterable[Place] = ()
) -> JustificationFile:
    """Keep the answers of some lines while the decision is being entered.

    Args:
        step: who enters them; the state seen is that of the page.
        answers: by line; those already entered are replaced.
        cleared: the lines of which the answer is taken away.

    Raises:
        MoveRefused: see `locked`.
    """
    file = locked(step, "decide")
    there = {(one.kind, one.row): one for one in file.decided_lines.all()}
    for place in cleared:
        if place in there:
            there.pop(place).delete()
    for place, found in answers.items():
        row = there.get(place) or DecisionLine(file=file, kind=place[0], row=place[1])
        row.accepted, row.refused = money.euros(found.accepted), money.euros(found.refused)
        row.reason = found.reason[:250]
        row.save()
    return file


@transaction.atomic
def record_decision(*, step: Step, letter: Letter, accept_rest: bool) -> Outcome:
    """Record the decision once every line has an answer.

    Args:
        step: who records it.
        letter: when and how the funder said it.
        accept_rest: the lines without an answer are accepted as far as they are admissible.

    Raises:
        MoveRefused: see `locked`; a line has no answer; the day is before it was sent or to come.
    """
    file = locked(step, "decide")
    _refuse_day(file, letter.on)
    version = _version(file)
    claimed, answers = claimed_of(version), answers_of(file)
    waiting = [line for line in claimed.lines if line.place not in answers]
    if waiting and not accept_rest:
        count = len(waiting)
        raise MoveRefused(
            ngettext(
                "%d ligne n'a pas encore de réponse : entrez-la, ou acceptez tout le reste.",
                "%d lignes n'ont pas encore de réponse : entrez-les, ou acceptez tout le reste.",
                count,
            )
            % count
        )
    rest = {line.place: full_answer(line) for line in waiting}
    enter_lines(step=step, answers=rest)
    found = claimed.result({**answers, **rest})
    Decision.objects.create(
        file=file,
        decided_on=letter.on,
        reference=letter.reference,
        document=letter.document,
        accepted=money.euros(found.accepted),
        payable=None if found.payable is None else money.euros(found.payable),
    )
    return Outcome(record(file, State.DECIDED, step.by, letter.reference))


def _version(file: JustificationFile) -> Justification:
    """The version that was sent: the database holds that there is one."""
    if file.justification is None:
        raise MoveRefused(_("Aucune version n'a été figée."))
    return file.justification


def _refuse_day(file: JustificationFile, day: date) -> None:
    if day > timezone.localdate():
        raise MoveRefused(_("La décision est d'un jour à venir : vérifiez la date."))
    if file.sent_at is not None and day < timezone.localdate(file.sent_at):
        raise MoveRefused(_("La décision est d'avant l'envoi : vérifiez la date."))
