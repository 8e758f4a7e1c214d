"""What a scheme says in words, for people to check: rules by section, frame, functions, life."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backoffice.engine.figures import STATUSES
from backoffice.federation.vocabulary import Diploma, Function
from backoffice.figures.places import Fault, each, within
from backoffice.figures.reading import day_of
from backoffice.web.words import Spoken

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "beneficiary": {"fr": "Bénéficiaire et agrément", "nl": "Begunstigde en erkenning"},
    "frame": {"fr": "Cadre", "nl": "Kader"},
    "functions": {"fr": "Fonctions et diplômes admis", "nl": "Toegelaten functies en diploma's"},
    "costs": {"fr": "Coûts admis", "nl": "Aanvaarde kosten"},
    "calculation": {"fr": "Calcul", "nl": "Berekening"},
    "indexation": {"fr": "Indexation de la subvention", "nl": "Indexering van de subsidie"},
    "instalments": {"fr": "Avances et solde", "nl": "Voorschotten en saldo"},
    "justification": {"fr": "Justification", "nl": "Verantwoording"},
    "checks": {"fr": "Contrôles", "nl": "Controles"},
    "consequences": {"fr": "Conséquences d'un manquement", "nl": "Gevolgen van een tekortkoming"},
    "life": {"fr": "Vie du régime", "nl": "Levensduur van de regeling"},
}
"""What every scheme must speak about, in this order; what nobody found is said as missing."""

AUTHORITIES: Mapping[str, Mapping[str, str]] = {
    "cocof": {"fr": "COCOF", "nl": "COCOF"},
    "cocom": {"fr": "COCOM", "nl": "GGC"},
    "brussels": {"fr": "Région de Bruxelles-Capitale", "nl": "Brussels Hoofdstedelijk Gewest"},
    "fwb": {"fr": "Fédération Wallonie-Bruxelles", "nl": "Federatie Wallonië-Brussel"},
    "wallonia": {"fr": "Région wallonne", "nl": "Waals Gewest"},
    "maribel": {"fr": "Fonds Maribel social", "nl": "Fondsen Sociale Maribel"},
}
"""Whose money it is: the general law of subsidies, and who suspends what, go by authority."""

EVALUATIONS = Spoken(
    {
        "positive": "positive",
        "conditions": "positive avec conditions",
        "negative": "négative",
    }
)
"""What an authority may say of a period of a multi-year subsidy: the term `evaluation`."""


@dataclass(frozen=True)
class RuleText:
    """One rule in words, in both languages, with its article and source.

    `status` is that of a figure; "missing" says what was looked for and not found, and whom to
    ask. In force from `since` to `until` excluded, None where no day bounds it. `figures` names
    the figures that give its values. `verified` is the day someone last compared it with its
    source, None where that is the day of the whole file.
    """

    section: str
    fr: str
    nl: str
    source: str
    status: str
    article: str = ""
    since: date | None = None
    until: date | None = None
    figures: tuple[str, ...] = ()
    verified: date | None = None


@dataclass(frozen=True)
class FrameRow:
    """FTE of a function in the frame of the law: `figure` gives them by day.

    A row of a `reading` of an ambiguous law stands above the others on the days of its figure.
    """

    function: str
    origin: str
    figure: str
    reading: str = ""


@dataclass(frozen=True)
class FunctionRow:
    """A function that the scheme finances, with the least diploma; empty when it is not known.

    `form` limits it to one legal form of the beneficiary, where the scheme tells them apart.
    """

    function: str
    diploma: str
    source: str
    status: str
    form: str = ""


@dataclass(frozen=True)
class Form:
    """A legal form of the beneficiary that decides what is financed: the term `form` names it."""

    code: str
    fr: str
    nl: str
    source: str
    status: str

    @property
    def words(self) -> Mapping[str, str]:
        return {"fr": self.fr, "nl": self.nl}


@dataclass(frozen=True)
class Life:
    """From when to when a scheme exists; `ends_on` is its last day, `end_status` how sure it is.

    `successors` are the codes of the schemes that take over.
    """

    starts_on: date
    ends_on: date | None = None
    end_status: str = "confirmed"
    end_source: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One reading of an ambiguous law for some exercises: a term of the award chooses it.

    `default` stands until someone chooses, and a check says so.
    """

    code: str
    years: tuple[int, ...]
    fr: str
    nl: str
    source: str
    default: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        return {"fr": self.fr, "nl": self.nl}


_DOCUMENT_KEYS = frozenset(("kind", "fr", "nl", "source", "status", "scope", "transmitted_since"))


def rule_texts(tables: Iterable[Mapping[str, Any]]) -> tuple[RuleText, ...]:
    """The rules of a file.

    Raises:
        Fault: an unknown section or status, a text that is empty, an unknown or an absent key.
    """
    return each("rules", tables, _rule_text)


def _rule_text(table: Mapping[str, Any]) -> RuleText:
    rule = RuleText(**{**table, "figures": tuple(table.get("figures", ()))})
    if rule.verified is not None:
        day_of(table, "verified")
    _known(rule.section, SECTIONS, "section inconnue", "section")
    _known(rule.status, STATUSES, "statut inconnu", "status")
    for key in ("fr", "nl", "source"):
        if not getattr(rule, key):
            raise Fault("règle incomplète", key)
    return rule


def frame_rows(tables: Iterable[Mapping[str, Any]]) -> tuple[FrameRow, ...]:
    """The frame of a file; a function that we do not keep is refused."""
    return each("frame", tables, _frame_row)


def _frame_row(table: Mapping[str, Any]) -> FrameRow:
    row = FrameRow(**table)
    _known(row.function, Function.values, "fonction inconnue", "function")
    return row


def function_rows(tables: Iterable[Mapping[str, Any]]) -> tuple[FunctionRow, ...]:
    """The functions of a file, each with its least diploma."""
    return each("functions", tables, _function_row)


def _function_row(table: Mapping[str, Any]) -> FunctionRow:
    row = FunctionRow(**table)
    _known(row.function, Function.values, "fonction inconnue", "function")
    _known(row.diploma, {"", *Diploma.values}, "diplôme inconnu", "diploma")
    return row


def forms_of(tables: Iterable[Mapping[str, Any]]) -> tuple[Form, ...]:
    """The legal forms of a file."""
    return each("forms", tables, _form)


def _form(table: Mapping[str, Any]) -> Form:
    form = Form(**table)
    _known(form.status, STATUSES, "statut inconnu", "status")
    return form


def documents_of(tables: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The documents that a scheme asks for, as the file words them.

    `scope = "worker"` asks for one per subsidised worker; `transmitted_since` is the first exercise
    for which it must be transmitted and not only exist.
    """
    return each("documents", tables, _document)


def _document(table: Mapping[str, Any]) -> Mapping[str, Any]:
    for key in set(table) - _DOCUMENT_KEYS:
        raise Fault("clé inconnue", key)
    if table.get("scope", "worker") != "worker":
        raise Fault("portée de document inconnue", "scope")
    if not isinstance(table.get("transmitted_since", 0), int):
        raise Fault("exercice de transmission inconnu", "transmitted_since")
    return table


def life_of(table: Mapping[str, Any]) -> Life:
    """The life of a file; a planned end says how sure it is and where it was read."""
    with within("life"):
        life = Life(**{**table, "successors": tuple(table.get("successors", ()))})
        if life.ends_on is not None and not life.end_source:
            raise Fault("la fin du régime n'a pas de source", "ends_on")
        _known(life.end_status, STATUSES, "statut inconnu", "end_status")
    return life


def readings_of(tables: Iterable[Mapping[str, Any]]) -> tuple[Reading, ...]:
    """The readings of a file; each exercise has exactly one that stands by default."""
    found = each("readings", tables, _reading)
    for year in {year for reading in found for year in reading.years}:
        standing = [one for one in found if one.default and year in one.years]
        if len(standing) != 1:
            raise Fault(f"{year} n'a pas exactement une lecture par défaut", "readings")
    return found


def _reading(table: Mapping[str, Any]) -> Reading:
    return Reading(**{**table, "years": tuple(table["years"])})


def _known(code: str, codes: Iterable[str], words: str, key: str) -> None:
    if code not in codes:
        raise Fault(f"{words} : {code}", key)
