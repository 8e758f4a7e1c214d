"""The words of a tie-out, on screen and on paper."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from django.utils.translation import ngettext

from backoffice.web.words import Spoken
from reports.tie_out.content import EXPLAINED, GAP, OK, UNKNOWN, HolidayLine, Receivable, TieOut

STATUSES = Spoken({OK: "concorde", EXPLAINED: "expliqué", GAP: "écart", UNKNOWN: "inconnu"})
TONES: Mapping[str, str] = MappingProxyType(
    {OK: "done", EXPLAINED: "done", GAP: "error", UNKNOWN: "warning"}
)
BASES = Spoken(
    {
        "payable": "payable",
        "granted": "accordé (payable inconnu)",
        "opening": "solde d'ouverture",
        "opening_without_award": "solde d'ouverture à corriger : subvention ou exercice absent",
        "unknown": "inconnu : complétez les termes, ou reprenez un solde d'ouverture",
    }
)
KINDS = Spoken({"invoice": "facture", "pay": "paie", "award": "subvention", "sale": "vente"})
METHOD = (
    mark(
        "Une facture est comptée à sa date, sur l'agrément qu'elle nomme ou, sinon, sur celui"
        " des subventions qui la portent ; une paie, sur l'agrément du contrat."
    ),
    mark(
        "Le compte de chaque catégorie, élément de paie et régime de subvention est une "
        "donnée à confirmer avec la comptabilité."
    ),
    mark(
        "Une subvention est acquise pour son montant payable, ou pour l'accordé tant que le "
        "payable est inconnu."
    ),
    mark(
        "La provision pour pécules demande la paie de chaque mois sous contrat, ou le solde "
        "d'ouverture du compte 456 ; sans eux, elle est inconnue."
    ),
    mark(
        "Un employé parti a reçu son pécule de sortie ; la cotisation sur la paie d'un "
        "ouvrier parti reste comptée : c'est notre lecture, à confirmer."
    ),
    mark(
        "Un écart n'est expliqué que par des comptes que ce logiciel ne tient pas, ou par la "
        "seule combinaison de pistes qui lui est égale au centime ; un déplacement d'une "
        "ligne à l'autre doit se lire sur les deux ; tout autre écart reste ouvert."
    ),
)


def analytical_text(code: str) -> str:
    """An analytical account, or that there is none."""
    return code or _("non ventilé")


def worker_text(line: HolidayLine) -> str:
    """The status under which a worker has earned holiday pay."""
    if line.to_confirm:
        return _("ouvrier parti, à confirmer")
    return _("ouvrier") if line.manual else _("employé")


def state_text(line: Receivable) -> str:
    """On which side of the balance sheet an award stands."""
    if line.balance is None:
        return _("inconnu")
    if line.balance == 0:
        return _("soldé")
    return _("413, à recevoir") if line.balance > 0 else _("167, à rembourser")


def verdict(found: TieOut) -> str:
    """What the whole amounts to, in one sentence."""
    if not found.sha256:
        words = _("La balance de %(year)s n'est pas importée : rien n'est encore comparé.")
        return words % {"year": found.year}
    count, unknown = len(found.open_lines), len(found.unknown_lines)
    missing = ngettext(" ; %s inconnu", " ; %s inconnus", unknown) % unknown if unknown else ""
    if count:
        words = ngettext("%s écart à expliquer", "%s écarts à expliquer", count) % count
        return f"{words}{missing}."
    return _("Chaque montant connu concorde ou s'explique") + f"{missing}."
