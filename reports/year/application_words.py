"""The words of an application that its paper and its workbook share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day
from grants.models import Application
from reports.year.content import ApplicationFile, Label, Team

_TO_JOIN = {"fr": "à joindre", "nl": "toe te voegen"}
_TO_FILL_IN = {"fr": "à compléter", "nl": "aan te vullen"}
_ARTICLE = {
    "fr": "décret COCOF du 5 mars 2009, art. 64 § 2",
    "nl": "decreet COCOF van 5 maart 2009, art. 64 § 2",
}


@dataclass(frozen=True)
class Annex:
    """What a funder asks beside the figures and no row of ours holds, with its article."""

    label: Label
    state: Label
    article: Label


_CONTACT: Label = {
    "fr": "Personne de contact (nom, fonction, téléphone, courriel)",
    "nl": "Contactpersoon (naam, functie, telefoon, e-mail)",
}
ANNEXES: tuple[Annex, ...] = (
    Annex(_CONTACT, _TO_FILL_IN, _ARTICLE),
    *(
        Annex({"fr": french, "nl": dutch}, _TO_JOIN, _ARTICLE)
        for french, dutch in (
            ("Relevé d'identité bancaire", "Bankidentiteitsbewijs"),
            (
                "Désignation des membres de l'organe d'administration",
                "Aanstelling van de leden van het bestuursorgaan",
            ),
            ("Titre d'occupation des locaux", "Titel van gebruik van de lokalen"),
            (
                "Assurance responsabilité des administrateurs",
                "Verzekering aansprakelijkheid bestuurders",
            ),
            (
                "Assurance responsabilité civile professionnelle",
                "Verzekering beroepsaansprakelijkheid",
            ),
        )
    ),
)
"""What the decree COCOF of 5 March 2009, art. 64 § 2, asks for and that is not kept here."""


def annexes(made: ApplicationFile) -> tuple[Annex, ...]:
    """What is still to join or to fill in, for an application to COCOF."""
    return ANNEXES if made.asked.scheme_code.startswith("cocof") else ()


def marks(made: ApplicationFile) -> list[str]:
    """What must be said on every page: invented data, and where the application stands."""
    return [f"{french} / {dutch}" for french, dutch in _in_both(lambda: _marks(made))]


def _marks(made: ApplicationFile) -> list[str]:
    asked = made.asked
    if asked.state == Application.State.DRAFT:
        standing = _("PROJET \u2014 NON DÉFINITIF")
    elif asked.asked_on is not None:
        standing = _("DEMANDE DU %(day)s") % {"day": day(asked.asked_on)}
    else:
        standing = said(asked.state_label).upper()
    return [*([_("DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR")] if made.demo else []), standing]


def team_note(team: Team) -> str:
    """What each column of the team counts, and from where."""
    ((french, dutch),) = _in_both(lambda: [_team_note(team)])
    return f"{french} / {dutch}"


def _team_note(team: Team) -> str:
    requested = (
        _("postes de %(award)s au %(day)s") % {"award": team.award, "day": day(team.posts_on)}
        if team.award
        else _("inconnu")
    )
    return _(
        "Sous contrat : contrats en cours au %(contracts)s. Cadre agréé : décision d'agrément au "
        "%(frame)s. Demandés : %(requested)s."
    ) % {
        "contracts": day(team.contracts_on),
        "frame": day(team.frame_on),
        "requested": requested,
    }


def _in_both(make: Callable[[], list[str]]) -> list[tuple[str, str]]:
    """Sentences in French and in Dutch: the authority may read either."""
    made = []
    for language in ("fr", "nl"):
        with override(language):
            made.append([str(one) for one in make()])
    return list(zip(*made, strict=True))


def both(label: Mapping[str, str]) -> str:
    """A label in both languages, once when they are the same."""
    return label["fr"] if label["fr"] == label["nl"] else f"{label['fr']} / {label['nl']}"
