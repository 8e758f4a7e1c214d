"""The state at the head of a justification: what is next, who may do it, what lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine import money
from backoffice.federation.models import Job, Membership
from backoffice.federation.roles import SERVICE_RIGHTS, Right
from grants.models import Award
from reports.dossier import Dossier
from reports.freezing import open_checks
from reports.justifications import award_dossier
from reports.models import Decision, JustificationFile, Move, State
from reports.workflow.acts import ACTS
from reports.workflow.changes import changed_by
from reports.workflow.jobs import freezing
from reports.workflow.moves import MOVES, NEXT, TONES, WAY, next_words
from reports.workflow.preparing import what_changed
from reports.workflow.sending import Balance, balance_of, can_be_abandoned
from reports.workflow.steps import mark_of, standing_file, who_words

_PROMISED = (State.READY, State.APPROVED)


@dataclass(frozen=True)
class Place:
    """A state on the way: "done", "here" or "to_come"."""

    label: str
    standing: str


@dataclass(frozen=True)
class Button:
    """A move that the person looking may make: its address, what it says, its form."""

    slug: str
    address: str
    says: str
    form: forms.Form
    main: bool
    tried: bool


@dataclass(frozen=True)
class Told:
    """One line of the history."""

    move: Move
    who: str


@dataclass(frozen=True)
class Bar:
    """Everything that the head of the page says of the state."""

    file: JustificationFile
    address: str
    mark: str
    label: str
    tone: str
    places: tuple[Place, ...]
    next_words: str
    people: tuple[str, ...]
    may: bool
    decide: bool
    lacks: tuple[str, ...]
    changed: str
    buttons: tuple[Button, ...]
    freezing: Job | None
    history: tuple[Told, ...]
    decision: Decision | None
    balance: Balance | None

    @property
    def tried(self) -> bool:
        """Whether a move was refused: its form is shown again with what was typed."""
        return any(button.tried for button in self.buttons)


@dataclass(frozen=True)
class Looking:
    """Who looks at which justification, on which day, with which rights there."""

    award: Award
    year: int
    user: User
    as_of: date
    rights: frozenset[str]
    query: str


def bar_of(looking: Looking, dossier: Dossier, tried: Mapping[str, forms.Form]) -> Bar:
    """The bar of a justification; a constant number of queries.

    Args:
        looking: who looks at what.
        dossier: as it stands on the day shown.
        tried: the form of a move that was just refused, by the end of its address.
    """
    file = standing_file(looking.award, looking.year)
    changed = _changed(file, looking, dossier)
    state = State.DRAFT if changed else State(file.state)
    following = NEXT.get(state, "")
    right = MOVES[following].right if following else ""
    job = freezing(looking.award, looking.year) if file.state == State.APPROVED else None
    balance = balance_of(file) if file.state in {State.DECIDED, State.CLOSED} else None
    barred = _barred(file, looking) if file.state == State.READY else frozenset()
    return Bar(
        file=file,
        address=reverse("justification", args=[looking.award.reference, looking.year]),
        mark=mark_of(file),
        label=str(state.label),
        tone=TONES[state],
        places=tuple(_places(file)),
        next_words=next_words(state, balance.left if balance else None),
        people=_people(looking.award, right, barred if following == "approve" else frozenset()),
        may=right in looking.rights and not (following == "approve" and looking.user.pk in barred),
        decide=following == "decide" and Right.JUSTIFY in looking.rights,
        lacks=tuple(_lacks(state, dossier, looking)),
        changed=changed,
        buttons=() if job else tuple(_buttons(file, looking, tried, (balance, barred))),
        freezing=job,
        history=tuple(_history(file)),
        decision=Decision.objects.select_related("document").filter(file=file).first()
        if file.pk
        else None,
        balance=balance,
    )


def _changed(file: JustificationFile, looking: Looking, dossier: Dossier) -> str:
    """What a ready or approved justification no longer says; its day may not be the one shown."""
    if file.state not in _PROMISED:
        return ""
    if file.as_of and file.as_of != dossier.cover.as_of:
        reference = looking.award.reference
        dossier = award_dossier(looking.award.organisation, reference, looking.year, file.as_of)
    return what_changed(file, dossier)


def _places(file: JustificationFile) -> Iterator[Place]:
    end = State.RECOVERED if file.state == State.RECOVERED else State.CLOSED
    way = [*WAY[:-1], end]
    here = way.index(State(file.state))
    for place, state in enumerate(way):
        standing = "here" if place == here else ("done" if place < here else "to_come")
        yield Place(str(State(state).label), standing)


def _barred(file: JustificationFile, looking: Looking) -> frozenset[int]:
    """The accounts that may not approve it: who prepared it, and who changed its data."""
    changers = changed_by(looking.award, looking.year, file.prepared_at)
    return changers | {file.prepared_by_id} if file.prepared_by_id else changers


def _people(award: Award, right: str, barred: frozenset[int]) -> tuple[str, ...]:
    """Who may make the next move, by name."""
    if not right:
        return ()
    roles = [role for role, rights in SERVICE_RIGHTS.items() if right in rights]
    rows = Membership.objects.filter(
        organisation=award.organisation, role__in=roles, user__is_active=True
    ).exclude(user__in=barred)
    return tuple(
        row.user.get_full_name() or row.user.get_username()
        for row in rows.select_related("user").order_by("user__last_name", "user__username")
    )


def _lacks(state: State, dossier: Dossier, looking: Looking) -> Iterator[str]:
    """What keeps it from going on."""
    if state == State.DRAFT:
        yield from _open_words(dossier)
        if looking.as_of > timezone.localdate():
            yield _("la situation affichée est celle d'un jour à venir")


def _open_words(dossier: Dossier) -> Iterator[str]:
    levels = [check.level for check in open_checks(dossier)]
    errors, warnings = levels.count("error"), levels.count("warning")
    if errors:
        yield ngettext("%d erreur à corriger", "%d erreurs à corriger", errors) % errors
    if warnings:
        yield (
            ngettext("%d avertissement à accepter", "%d avertissements à accepter", warnings)
            % warnings
        )
    lacking = sum(not line.reference for line in dossier.evidence)
    if lacking:
        yield (ngettext("%d pièce sans référence", "%d pièces sans référence", lacking) % lacking)


def _buttons(
    file: JustificationFile,
    looking: Looking,
    tried: Mapping[str, forms.Form],
    standing: tuple[Balance | None, frozenset[int]],
) -> Iterator[Button]:
    balance, barred = standing
    left = balance.left if balance else None
    own = looking.user.pk in barred
    for slug, act in ACTS.items():
        kind = MOVES[act.move]
        shown = file.state in kind.starts and kind.right in looking.rights
        shown = shown and not (act.move == "approve" and own) and _of_balance(act.move, left)
        shown = shown and (act.move != "abandon" or can_be_abandoned(file))
        if shown or slug in tried:
            name = "approve_move" if kind.right == Right.APPROVE else "move"
            address = reverse(name, args=[looking.award.reference, looking.year, slug])
            yield Button(
                slug=slug,
                address=address + looking.query,
                says=str(kind.says),
                form=tried.get(slug) or act.form(prefix=slug, initial=_first(left)),
                main=NEXT.get(file.state) == act.move or act.move == "recover",
                tried=slug in tried,
            )


def _of_balance(move: str, left: int | None) -> bool:
    """Money to give back is recovered, any other balance is closed."""
    if move not in {"close", "recover"}:
        return True
    return (left is not None and left < 0) == (move == "recover")


def _first(left: int | None) -> dict[str, object]:
    """What the forms propose."""
    now = timezone.localtime()
    amount = "" if left is None else money.text(abs(left)).replace(".", ",")
    return {"at": now, "on": now.date(), "amount": amount}


def _history(file: JustificationFile) -> Iterator[Told]:
    """Every move of the exercise, those of the versions that it corrects included."""
    rows = Move.objects.filter(file__award=file.award, file__year=file.year)
    for row in rows.select_related("by", "file").order_by("pk"):
        yield Told(row, who_words(row))
