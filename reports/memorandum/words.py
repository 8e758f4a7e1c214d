"""What the documents of a memorandum say in words: states, counts, marks and notices."""

from collections.abc import Mapping
from types import MappingProxyType

from backoffice.engine.sheet import labels
from reports.memorandum.memorandum import Entry, Memorandum

STATES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "unknown": labels("inconnu", "onbekend"),
        "hidden": labels("masqué", "verborgen"),
        "none": labels("\u2013", "\u2013"),
    }
)
TITLE = labels("Mémorandum en chiffres", "Memorandum in cijfers")
FEW = labels("moins de 4", "minder dan 4")
RULES = (
    labels(
        "« inconnu » : aucun service concerné n'a cette donnée. Ce n'est jamais zéro.",
        "\u00ab onbekend \u00bb: geen enkele betrokken dienst heeft dit gegeven. Het is nooit nul.",
    ),
    labels(
        "« masqué » : moins de 4 employeurs apportent quelque chose, ou un seul plus de 80 %, ou "
        "le chiffre permettrait d'en retrouver un qui l'est.",
        "\u00ab verborgen \u00bb: minder dan 4 werkgevers dragen bij, of één meer dan 80 %, of het "
        "cijfer zou er een verborgen cijfer prijsgeven.",
    ),
    labels(
        "« \u2013 » : aucun service n'est concerné, ou aucun n'apporte rien. Sous chaque chiffre : "
        "services connus / services concernés ; moins de 4 n'est pas dit plus précisément.",
        "\u00ab \u2013 \u00bb: geen enkele dienst is betrokken of draagt bij. Onder elk cijfer: "
        "gekende / betrokken diensten; minder dan 4 wordt niet preciezer gezegd.",
    ),
    labels(
        "Un service est un agrément en vigueur dans l'année ; la fédération n'en est pas un. "
        "Norme, agréé, cible, financé, payé et présent ne se mélangent pas.",
        "Een dienst is een erkenning die in het jaar geldt; de federatie is er geen. Norm, erkend, "
        "doel, gefinancierd, betaald en aanwezig worden niet vermengd.",
    ),
)


def marks(memorandum: Memorandum) -> str:
    """What must be said on every page and sheet."""
    if memorandum.demo:
        return "DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR"
    return "CHIFFRES AGRÉGÉS \u2014 PETITS EFFECTIFS MASQUÉS"


def whose(memorandum: Memorandum) -> str:
    """The title of the set."""
    suffix = " (DEMO)" if memorandum.demo else ""
    return f"{TITLE['fr']}{suffix}"


def count_text(count: int | None, language: str = "fr") -> str:
    """A number of services; from one to three, only that it is fewer than four."""
    return FEW[language] if count is None else str(count)


def coverage_text(entry: Entry) -> str:
    """Services known / services concerned, shortly: "< 4 / 9"; nothing where none is concerned."""
    if entry.scope == 0:
        return ""
    known, scope = ("< 4" if one is None else str(one) for one in (entry.known, entry.scope))
    return f"{known} / {scope}"


def unlisted_text(count: int) -> Mapping[str, str]:
    """Why values that the figures rely on are not listed."""
    return labels(
        f"Autres valeurs utilisées : {count} (termes des lettres, échelons des barèmes, "
        "coefficients d'index). Elles entrent dans l'empreinte et ne sont pas listées : elles "
        "diraient ce qu'un service reçoit ou qui y travaille.",
        f"Andere gebruikte waarden: {count} (voorwaarden van de brieven, trappen van de barema's, "
        "indexcoëfficiënten). Ze tellen mee in de vingerafdruk en staan niet in de lijst: ze "
        "zouden zeggen wat één dienst ontvangt of wie er werkt.",
    )
