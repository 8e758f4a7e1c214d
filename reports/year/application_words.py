"""The words of an application that its paper and its workbook share."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import day
from grants.models import Application
from reports.year.content import ApplicationFile

ANNEXES: tuple[Mapping[str, str], ...] = tuple(
    MappingProxyType({"fr": french, "nl": dutch})
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
)
"""What the decree COCOF of 5 March 2009, art. 64 § 2, asks to join."""


def marks(made: ApplicationFile) -> list[str]:
    """What must be said on every page: invented data, and where the application stands."""
    asked = made.asked
    if asked.state == Application.State.DRAFT:
        standing = _("PROJET \u2014 NON DÉFINITIF")
    elif asked.asked_on is not None:
        standing = _("DEMANDE DU %(day)s") % {"day": day(asked.asked_on)}
    else:
        standing = asked.state_label["fr"].upper()
    return [*([_("DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR")] if made.demo else []), standing]


def both(label: Mapping[str, str]) -> str:
    """A label in both languages, once when they are the same."""
    return label["fr"] if label["fr"] == label["nl"] else f"{label['fr']} / {label['nl']}"
