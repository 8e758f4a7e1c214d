"""What every move shares: the lock, the state that was seen, the right, and the line of history."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.access import refusal, rights_over
from backoffice.federation.audit import because
from grants.models import Award
from reports.dossier import Dossier
from reports.justifications import award_dossier
from reports.models import JustificationFile, Move, State
from reports.workflow.moves import MOVES


class MoveRefused(ValueError):
    """The justification stays as it is; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Step:
    """Who moves which justification, and what they had before them.

    `seen` is the mark of the state that the page showed: see `mark_of`. `as_of` is the day of the
    situation shown.
    """

    award: Award
    year: int
    by: User
    seen: str
    as_of: date


@dataclass(frozen=True)
class Outcome:
    """A justification after a move; `fell_back` says what changed when it went back instead."""

    file: JustificationFile
    fell_back: str = ""


def standing_file(award: Award, year: int) -> JustificationFile:
    """The justification that stands for an award and an exercise; one not stored yet is a draft."""
    rows = JustificationFile.objects.filter(award=award, year=year).exclude(state=State.CORRECTED)
    return rows.first() or JustificationFile(award=award, year=year)


def mark_of(file: JustificationFile) -> str:
    """What a form carries to say which state it was made for: any move since makes another."""
    last = 0
    if file.pk:
        last = file.moves.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"{file.number}-{file.state}-{last}"


def locked(step: Step, move: str) -> JustificationFile:
    """The justification, locked until the end of the transaction, when the move is possible.

    Raises:
        MoveRefused: the right is lacking, the state is another, or it changed since it was seen.
    """
    Award.objects.select_for_update(of=("self",)).get(pk=step.award.pk)
    kind = MOVES[move]
    if kind.right not in rights_over(step.by, step.award.organisation):
        raise MoveRefused(refusal(kind.right))
    file = standing_file(step.award, step.year)
    if mark_of(file) != step.seen:
        raise MoveRefused(_stale(file))
    if file.state not in kind.starts:
        raise MoveRefused(
            _("« %(move)s » n'est pas possible : la justification est %(state)s.")
            % {"move": kind.says, "state": file.get_state_display()}
        )
    return file


def _stale(file: JustificationFile) -> str:
    """What happened since the page was shown."""
    last = file.moves.select_related("by").order_by("-pk").first() if file.pk else None
    if last is None:
        return _("La page n'est plus à jour : relisez-la, puis recommencez.")
    return _(
        "La justification a changé depuis que vous l'avez affichée : elle est %(state)s "
        "(%(who)s, %(when)s). Rien n'a été fait ; relisez-la avant de continuer."
    ) % {
        "state": file.get_state_display(),
        "who": who_words(last),
        "when": f"{timezone.localtime(last.at):%d/%m/%Y %H:%M}",
    }


def who_words(move: Move) -> str:
    """Who made a move."""
    if move.by is None:
        return _("ligne de commande")
    return move.by.get_full_name() or move.by.get_username()


def record(
    file: JustificationFile, to: str, by: User | None, reason: str = ""
) -> JustificationFile:
    """Store a justification in its new state, with a line of its history."""
    before, file.state = file.state, to
    with because(reason):
        file.save()
        Move.objects.create(file=file, by=by, from_state=before, to_state=to, reason=reason[:500])
    return file


def dossier_on(step: Step, day: date) -> Dossier:
    """The justification as it stands on a day.

    Raises:
        MoveRefused: the award has nothing in that year.
    """
    try:
        return award_dossier(step.award.organisation, step.award.reference, step.year, day)
    except Award.DoesNotExist as error:
        raise MoveRefused(_("Cette subvention ne porte pas sur cet exercice.")) from error
