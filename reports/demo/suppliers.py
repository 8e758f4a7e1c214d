"""The invented suppliers; enterprise numbers have right check digits and belong to nobody."""

from collections.abc import Collection, Sequence

from reports.demo.identifiers import enterprise_number
from reports.demo.rows import Row

_FIRST_RANK = 101
_NAMES = (
    "DEMO Immobilière du Canal",
    "DEMO Locaux d'Anderlecht",
    "DEMO Bureaux de Meuse",
    "DEMO Énergie du Plateau",
    "DEMO Eaux de la Senne",
    "DEMO Télécom Senne et Meuse",
    "DEMO Mobiles du Midi",
    "DEMO Nettoyage Clarté",
    "DEMO Papeterie du Parvis",
    "DEMO Copieurs Réunis",
    "DEMO Logiciels du Secteur",
    "DEMO Hébergement Trois Étangs",
    "DEMO Fiduciaire des Quatre-Bras",
    "DEMO Cabinet de révision Orval",
    "DEMO Assurances du Tilleul",
    "DEMO Mobilité douce",
    "DEMO Imprimerie des Remparts",
    "DEMO Atelier du Jeu",
    "DEMO Formation Continue Pairs",
    "DEMO Supervision Kairn",
    "DEMO Dépannage Minute",
    "DEMO Matériel de bureau Ardoise",
    "DEMO Librairie du Coin",
    "DEMO Courrier du Centre",
    "DEMO Traiteur Solidaire",
    "DEMO Avocats du Quai",
    "DEMO Intérim du Parc",
    "DEMO Volontaires associés",
)


def supplier(rank: int) -> str:
    """Code of a supplier, by its place in the list from 1."""
    return f"F{rank:02d}"


def supplier_rows(used: Collection[int]) -> Sequence[Row]:
    """The suppliers whose place in the list is in `used`."""
    return [
        {
            "code": supplier(rank),
            "name": name,
            "nature": "firm",
            "enterprise_number": enterprise_number(_FIRST_RANK + rank),
        }
        for rank, name in enumerate(_NAMES, start=1)
        if rank in used
    ]
