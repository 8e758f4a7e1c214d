"""The declaration on honour, in French and Dutch: a model, as no funder's own form was found."""

from collections.abc import Iterator
from dataclasses import dataclass

from backoffice.web.templatetags.money import day
from reports.documents.words import enterprise_number
from reports.dossier import Cover, Dossier

KIND = "honour"


@dataclass(frozen=True)
class Honour:
    """The text in one language: what is declared, line by line, and the boxes to fill in."""

    language: str
    title: str
    opening: str
    statements: tuple[str, ...]
    note: str
    boxes: tuple[str, str, str]


def honours(dossier: Dossier) -> tuple[Honour, ...]:
    """The declaration in each language, none where the scheme does not ask for it."""
    if KIND not in {document["kind"] for document in dossier.documents}:
        return ()
    return tuple(_texts(dossier.cover))


def _texts(cover: Cover) -> Iterator[Honour]:
    words = {
        "who": f"{cover.organisation} ({enterprise_number(cover.enterprise_number)})",
        "what": cover.reference,
        "first": day(cover.exercise_starts_on),
        "last": day(cover.exercise_ends_on),
    }
    yield Honour(
        language="fr",
        title="Déclaration sur l'honneur",
        opening=(
            "La personne soussignée, au nom de {who}, déclare sur l'honneur, pour la subvention "
            "{what} et l'exercice du {first} au {last} :"
        ).format(**words),
        statements=(
            "que les dépenses de la présente justification ont été faites pour l'objet de la "
            "subvention ;",
            "qu'aucune part de ces dépenses n'est portée sur une autre subvention, hors les "
            "montants que la justification déduit ;",
            "que les montants concordent avec sa comptabilité ;",
            "que les pièces sont conservées et tenues à la disposition de l'administration.",
        ),
        note=(
            "Modèle de ce logiciel : si le pouvoir subsidiant impose son formulaire, c'est le sien "
            "qui se signe."
        ),
        boxes=("Lieu et date", "Nom et qualité", "Signature"),
    )
    yield Honour(
        language="nl",
        title="Verklaring op erewoord",
        opening=(
            "Ondergetekende verklaart op erewoord, namens {who}, voor de subsidie {what} en het "
            "dienstjaar van {first} tot {last}:"
        ).format(**words),
        statements=(
            "dat de uitgaven van deze verantwoording voor het doel van de subsidie zijn gedaan;",
            "dat geen deel van die uitgaven op een andere subsidie is ingebracht, behalve de "
            "bedragen die de verantwoording aftrekt;",
            "dat de bedragen overeenstemmen met de boekhouding;",
            "dat de stukken worden bewaard en ter beschikking van de administratie staan.",
        ),
        note=(
            "Model van deze software: legt de subsidiërende overheid een eigen formulier op, dan "
            "wordt dat ondertekend."
        ),
        boxes=("Plaats en datum", "Naam en hoedanigheid", "Handtekening"),
    )
