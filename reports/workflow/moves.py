"""The moves of a justification: from which states, to which one, by whom, in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.federation.roles import Right
from backoffice.web.templatetags.money import eur
from reports.models import State


@dataclass(frozen=True)
class MoveKind:
    """One move; `says` is the button, `done` what is said after it.

    `ends` is empty where the former justification takes back the state that it had.
    """

    starts: frozenset[str]
    ends: str
    right: str
    says: str | Promise
    done: str | Promise


def _move(
    starts: tuple[State, ...], ends: State, right: Right, words: tuple[Promise, Promise]
) -> MoveKind:
    return MoveKind(frozenset(starts), ends, right, *words)


MOVES: Mapping[str, MoveKind] = MappingProxyType(
    {
        "ready": _move(
            (State.DRAFT,),
            State.READY,
            Right.JUSTIFY,
            (_("Déclarer prête"), _("La justification est prête : une autre personne l'approuve.")),
        ),
        "approve": _move(
            (State.READY,),
            State.APPROVED,
            Right.APPROVE,
            (_("Approuver"), _("La justification est approuvée : elle peut être figée.")),
        ),
        "freeze": _move(
            (State.APPROVED,),
            State.FROZEN,
            Right.JUSTIFY,
            (_("Figer"), _("La justification est figée, ses fichiers sont gardés.")),
        ),
        "send": _move(
            (State.FROZEN,),
            State.SENT,
            Right.JUSTIFY,
            (_("Enregistrer l'envoi"), _("L'envoi est enregistré.")),
        ),
        "decide": _move(
            (State.SENT,),
            State.DECIDED,
            Right.JUSTIFY,
            (_("Enregistrer la décision"), _("La décision est enregistrée.")),
        ),
        "close": _move(
            (State.DECIDED,),
            State.CLOSED,
            Right.JUSTIFY,
            (_("Clore"), _("Le dossier est clos.")),
        ),
        "recover": _move(
            (State.DECIDED,),
            State.RECOVERED,
            Right.JUSTIFY,
            (_("Enregistrer la récupération"), _("La récupération est enregistrée.")),
        ),
        "correct": _move(
            (State.SENT, State.DECIDED, State.CLOSED, State.RECOVERED),
            State.CORRECTED,
            Right.JUSTIFY,
            (_("Corriger"), _("Une correction est ouverte : elle remplacera la version envoyée.")),
        ),
        "abandon": MoveKind(
            frozenset((State.DRAFT,)),
            "",
            Right.JUSTIFY,
            _("Abandonner la correction"),
            _("La correction est abandonnée : la justification a repris son état."),
        ),
        "unlock": _move(
            (State.READY, State.APPROVED, State.FROZEN),
            State.DRAFT,
            Right.APPROVE,
            (_("Déverrouiller"), _("La justification est de nouveau en préparation.")),
        ),
    }
)
NEXT: Mapping[str, str] = MappingProxyType(
    {
        State.DRAFT: "ready",
        State.READY: "approve",
        State.APPROVED: "freeze",
        State.FROZEN: "send",
        State.SENT: "decide",
        State.DECIDED: "close",
    }
)
"""The move that leads on from each state; none from an end."""
WAY: tuple[str, ...] = (
    State.DRAFT,
    State.READY,
    State.APPROVED,
    State.FROZEN,
    State.SENT,
    State.DECIDED,
    State.CLOSED,
)
"""The states of a dossier without a recovery nor a correction, in order."""
TONES: Mapping[str, str] = MappingProxyType(
    {
        State.DRAFT: "draft",
        State.READY: "warning",
        State.APPROVED: "warning",
        State.FROZEN: "done",
        State.SENT: "done",
        State.DECIDED: "done",
        State.CLOSED: "done",
        State.RECOVERED: "done",
        State.CORRECTED: "draft",
    }
)
NEXT_WORDS: Mapping[str, str | Promise] = MappingProxyType(
    {
        State.DRAFT: _("la déclarer prête"),
        State.READY: _("l'approuver (une autre personne)"),
        State.APPROVED: _("la figer"),
        State.FROZEN: _("l'envoyer, puis encoder la preuve d'envoi"),
        State.SENT: _("encoder la décision du pouvoir subsidiant"),
        State.DECIDED: _("encoder le paiement du solde et clore"),
    }
)
"""What is next from each state, in words; `next_words` also says what must be given back."""


def next_words(state: str, left: int | None) -> str:
    """What is next from a state; empty at an end.

    Args:
        state: of a justification.
        left: cents still to come once it is decided, negative to give back; None: not known.
    """
    if state == State.DECIDED and left is not None and left < 0:
        return gettext("rembourser %s, puis enregistrer la récupération") % eur(-left)
    return str(NEXT_WORDS.get(state, ""))
