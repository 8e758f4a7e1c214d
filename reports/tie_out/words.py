"""The words of a tie-out, on screen and on paper."""

from collections.abc import Mapping
from types import MappingProxyType

from reports.tie_out.content import EXPLAINED, GAP, OK, UNKNOWN, HolidayLine, Receivable, TieOut

NOT_SPLIT = "non ventilé"
STATUSES: Mapping[str, str] = MappingProxyType(
    {OK: "concorde", EXPLAINED: "expliqué", GAP: "écart", UNKNOWN: "inconnu"}
)
TONES: Mapping[str, str] = MappingProxyType(
    {OK: "done", EXPLAINED: "done", GAP: "error", UNKNOWN: "warning"}
)
BASES: Mapping[str, str] = MappingProxyType(
    {
        "payable": "payable",
        "granted": "accordé (payable inconnu)",
        "opening": "solde d'ouverture",
        "opening_without_award": "solde d'ouverture à corriger : subvention ou exercice absent",
        "unknown": "inconnu : complétez les termes, ou reprenez un solde d'ouverture",
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {"invoice": "facture", "pay": "paie", "award": "subvention", "sale": "vente"}
)
METHOD = (
    "Une facture est comptée à sa date, sur l'agrément qu'elle nomme ou, sinon, sur celui des "
    "subventions qui la portent ; une paie, sur l'agrément du contrat.",
    "Le compte de chaque catégorie, élément de paie et régime de subvention est une donnée à "
    "confirmer avec la comptabilité.",
    "Un subside est acquis pour son montant payable, ou pour l'accordé tant que le payable est "
    "inconnu.",
    "La provision pour pécules demande la paie de chaque mois sous contrat, ou le solde "
    "d'ouverture du compte 456 ; sans eux, elle est inconnue.",
    "Un employé parti a reçu son pécule de sortie ; la cotisation sur la paie d'un ouvrier parti "
    "reste comptée : c'est notre lecture, à confirmer.",
    "Un écart n'est expliqué que par des comptes que le produit ne tient pas, ou par la seule "
    "combinaison de pistes qui lui est égale au centime ; un déplacement d'une ligne à l'autre "
    "doit se lire sur les deux ; tout autre écart reste ouvert.",
)
DEMO = "DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR"


def analytical_text(code: str) -> str:
    """An analytical account, or that there is none."""
    return code or NOT_SPLIT


def worker_text(line: HolidayLine) -> str:
    """The status under which a worker has earned holiday pay."""
    if line.to_confirm:
        return "ouvrier parti, à confirmer"
    return "ouvrier" if line.manual else "employé"


def state_text(line: Receivable) -> str:
    """On which side of the balance sheet an award stands."""
    if line.balance is None:
        return "inconnu"
    if line.balance == 0:
        return "soldé"
    return "413, à recevoir" if line.balance > 0 else "167, à rembourser"


def verdict(found: TieOut) -> str:
    """What the whole amounts to, in one sentence."""
    if not found.sha256:
        return f"La balance de {found.year} n'est pas importée : rien n'est encore comparé."
    count, unknown = len(found.open_lines), len(found.unknown_lines)
    missing = f" ; {unknown} inconnu{'s' if unknown > 1 else ''}" if unknown else ""
    if count:
        plural = "s" if count > 1 else ""
        return f"{count} écart{plural} à expliquer{missing}."
    return f"Chaque montant connu concorde ou s'explique{missing}."
