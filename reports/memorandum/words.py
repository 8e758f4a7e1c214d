"""What the documents of a memorandum say in words: states, counts, marks and notices."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from backoffice.engine.sheet import labels
from backoffice.federation.vocabulary import Function
from reports.lines import function_label
from reports.memorandum.memorandum import Entry, Grid, Memorandum
from reports.memorandum.tables import Label

STATES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "unknown": labels("inconnu", "onbekend"),
        "hidden": labels("masqué", "verborgen"),
        "none": labels("\u2013", "\u2013"),
    }
)
TITLE = labels("Mémorandum en chiffres", "Memorandum in cijfers")
_EVERY = labels("toutes fonctions ou ", "alle functies of ")
_BY_SECTOR = labels(", selon le secteur", ", naargelang de sector")
FEW = labels("moins de 4", "minder dan 4")
RULES = (
    labels(
        "« inconnu » : cette donnée n'est connue d'aucun agrément concerné. Ce n'est jamais zéro.",
        "\u00ab onbekend \u00bb: dit gegeven is van geen enkele betrokken erkenning gekend. "
        "Het is nooit nul.",
    ),
    labels(
        "« masqué » : moins de 4 employeurs apportent quelque chose, ou un seul plus de 80 %, ou "
        "le chiffre permettrait d'en retrouver un qui l'est.",
        "\u00ab verborgen \u00bb: minder dan 4 werkgevers dragen bij, of één meer dan 80 %, of het "
        "cijfer zou er een verborgen cijfer prijsgeven.",
    ),
    labels(
        "« \u2013 » : aucun agrément n'est concerné, ou aucun n'apporte rien. Sous chaque "
        "chiffre : agréments connus / agréments concernés ; leur nombre n'est pas secret, "
        "leurs montants le sont.",
        "\u00ab \u2013 \u00bb: geen enkele erkenning is betrokken of draagt bij. Onder elk cijfer: "
        "gekende / betrokken erkenningen; hun aantal is niet geheim, hun bedragen wel.",
    ),
    labels(
        "Un service est un employeur dans une région, avec un ou plusieurs agréments en vigueur "
        "dans l'année ; la fédération n'en est pas un. Norme, agréé, cible, financé, payé et "
        "présent ne se mélangent pas.",
        "Een dienst is een werkgever in een gewest, met een of meer erkenningen die in het jaar "
        "gelden; de federatie is er geen. Norm, erkend, doel, gefinancierd, betaald en aanwezig "
        "worden niet vermengd.",
    ),
    labels(
        "\u2020 : l'écart ne porte que sur les fonctions connues des deux côtés ; elles sont "
        "nommées sous le tableau. Il n'est donc pas la différence des deux chiffres de sa ligne.",
        "\u2020 : het verschil betreft enkel de functies die aan beide kanten gekend zijn; ze "
        "staan onder de tabel. Het is dus niet het verschil van de twee cijfers op zijn rij.",
    ),
)


def marks(memorandum: Memorandum) -> str:
    """What must be said on every page and sheet."""
    if memorandum.demo:
        return "DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR / VERZONNEN GEGEVENS, ZONDER WAARDE"
    return "CHIFFRES AGRÉGÉS \u2014 PETITS EFFECTIFS MASQUÉS / KLEINE AANTALLEN VERBORGEN"


def whose(memorandum: Memorandum) -> str:
    """The title of the set."""
    suffix = " (DEMO)" if memorandum.demo else ""
    return f"{TITLE['fr']}{suffix}"


def count_text(count: int | None, language: str = "fr") -> str:
    """A number of services; from one to three, only that it is fewer than four."""
    return FEW[language] if count is None else str(count)


def held_text(memorandum: Memorandum) -> Mapping[str, str]:
    """How many approvals of how many services."""
    count, services = sum(memorandum.services.values()), memorandum.service_count
    return labels(
        f"{count} agréments de {services} services", f"{count} erkenningen van {services} diensten"
    )


def compared_text(entry: Entry, language: str = "fr") -> str:
    """The functions that a gap covers, nothing where it covers those of its two sides."""
    named = [one for one in Function.values if any(one in names for names in entry.compared)]
    words = [function_label(one)[language].lower() for one in named]
    if entry.compared and not all(entry.compared):
        words[0] = _EVERY[language] + words[0]
    return ", ".join(words) + (_BY_SECTOR[language] if len(entry.compared) > 1 else "")


def comparisons(grid: Grid) -> Iterator[Mapping[str, str]]:
    """What the sign of each gap of a table says, one line a column."""
    for column in grid.columns:
        rows: dict[tuple[str, str], list[Label]] = {}
        for row in grid.rows:
            entry = grid.entries[row.code, column.code]
            if entry.compared and entry.state == "known":
                said = compared_text(entry), compared_text(entry, "nl")
                rows.setdefault(said, []).append(row.label)
        if rows:
            yield labels(*(_comparison(column.label, rows, place) for place in (0, 1)))


def _comparison(label: Label, rows: Mapping[tuple[str, str], Sequence[Label]], place: int) -> str:
    language = ("fr", "nl")[place]
    said = (
        f"{words[place]} ({', '.join(one[language] for one in where)})"
        for words, where in rows.items()
    )
    return f"\u2020 {label[language]}{' :' if language == 'fr' else ':'} {' ; '.join(said)}"


def coverage_text(entry: Entry) -> str:
    """Approvals known / concerned, shortly: "< 4 / 9"; nothing where none is concerned."""
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
