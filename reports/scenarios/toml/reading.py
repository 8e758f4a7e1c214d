"""Read a scenario: what cannot be read of one patch is said, and the others still count."""

import re
import tomllib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine.scenario.patch import listed
from reports.scenarios.kinds import VALUES
from reports.scenarios.scenario import (
    LANGUAGES,
    Change,
    Parameter,
    Problem,
    Reference,
    Scenario,
    Words,
    nothing,
)
from reports.scenarios.toml.values import Decimal, Unreadable, day_of, value_of

_KEYS = ("name", "patches", "label", "description", "source", "uses", "parameters")
_FIXED = ("kind", "target", "from")
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")
_NO_DAY = "Invalid date"
MOST_PATCHES, MOST_SIGNS = 200, 200_000


class NotAScenario(ValueError):
    """A file that is no scenario at all; the message says what is missing and how to write it."""


def read_scenario(text: str) -> Scenario:
    """The scenario of a file.

    Raises:
        NotAScenario: it is not TOML, or has no name, or no list of patches.
    """
    document = _document(text)
    name = document.get("name")
    if not isinstance(name, str) or not name.strip():
        raise NotAScenario(_('Le scénario n\'a pas de nom : écrivez name = "mon scénario".'))
    patches = document.get("patches")
    if not isinstance(patches, list) or not all(isinstance(one, dict) for one in patches):
        raise NotAScenario(
            _(
                "Le scénario n'a pas de liste « patches » : écrivez patches = [] s'il ne change "
                "rien, ou [[patches]] devant chaque modification."
            )
        )
    if len(patches) > MOST_PATCHES:
        raise NotAScenario(_("Un scénario a au plus %s modifications.") % MOST_PATCHES)
    changes, problems = _changes(patches)
    try:
        return Scenario(
            name=name.strip(),
            changes=changes,
            label=_words(document, "label"),
            description=_words(document, "description"),
            source=_words(document, "source"),
            uses=_uses(document),
            parameters=_parameters(document),
            problems=problems,
        )
    except Unreadable as error:
        raise NotAScenario(str(error)) from None


def _document(text: str) -> dict[str, Any]:
    if len(text) > MOST_SIGNS:
        raise NotAScenario(_("Ce fichier est trop long pour un scénario."))
    try:
        document = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise NotAScenario(_not_toml(str(error))) from None
    except (ValueError, RecursionError):
        raise NotAScenario(
            _(
                "Ce fichier ne peut pas être lu : un nombre y est trop long, un jour n'existe pas, "
                "ou des crochets s'emboîtent trop. Corrigez-le et redéposez-le."
            )
        ) from None
    unknown = [key for key in document if key not in _KEYS]
    if unknown:
        raise NotAScenario(
            _("La clé « %(key)s » n'existe pas ; un scénario connaît : %(known)s.")
            % {"key": unknown[0], "known": ", ".join(_KEYS)}
        )
    return document


def _not_toml(error: str) -> str:
    """Where a file is no TOML: the parser says why in English, and where in figures."""
    where = _WHERE.search(error)
    if where is None:
        return _(
            "Ce fichier n'est pas du TOML jusqu'à sa fin : vérifiez que chaque guillemet et chaque "
            "crochet se ferme, et qu'aucune clé n'est écrite deux fois."
        )
    words = {"line": where[1], "column": where[2]}
    if error.startswith(_NO_DAY):
        return (
            _(
                "Ligne %(line)s : ce jour ou cette heure n'existe pas, comme un 30 février ; "
                "écrivez un jour du calendrier : from = 2027-01-01."
            )
            % words
        )
    return (
        _(
            "Ce fichier n'est pas du TOML : ligne %(line)s, colonne %(column)s. Un texte se met "
            'entre guillemets, un nombre et un jour non : kind = "award", from = 2027-01-01.'
        )
        % words
    )


def _decimal(written: str) -> Decimal:
    return Decimal(written.lstrip("+").replace("_", ""))


def _changes(patches: list[dict[str, Any]]) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    changes, problems = [], []
    for number, table in enumerate(patches, 1):
        try:
            changes.append(_change(number, table))
        except Unreadable as error:
            words = {"number": number, "why": error}
            problems.append(Problem(number, _("Modification n° %(number)s : %(why)s") % words))
    return tuple(changes), tuple(problems)


def _change(number: int, table: Mapping[str, Any]) -> Change:
    missing = [key for key in _FIXED if key not in table]
    if missing:
        raise Unreadable(_("il manque « %s ».") % missing[0])
    kind = table["kind"]
    if not isinstance(kind, str) or kind not in VALUES:
        raise Unreadable(
            _("la nature « %(kind)s » n'existe pas : %(known)s.")
            % {"kind": str(kind)[:40], "known": listed(VALUES)}
        )
    forms = VALUES[kind]
    given = {key: value for key, value in table.items() if key not in _FIXED}
    for key in given:
        if key not in forms:
            raise Unreadable(
                _("« %(key)s » n'existe pas pour « %(kind)s », qui connaît : %(known)s.")
                % {"key": key, "kind": kind, "known": listed(forms)}
            )
    target = value_of(kind, "target", table["target"])
    if not isinstance(target, str | Reference):
        raise Unreadable(_("« target » est un texte."))
    try:
        since = day_of(table["from"])
    except Unreadable as error:
        raise Unreadable(_("from : %s") % error) from None
    values = {key: value_of(kind, key, value) for key, value in given.items()}
    return Change(number, kind, target, since, MappingProxyType(values))


def _words(document: Mapping[str, Any], key: str) -> Words:
    given = document.get(key)
    if given is None:
        return nothing()
    if isinstance(given, str):
        given = {"fr": given}
    right = isinstance(given, dict) and all(
        language in LANGUAGES and isinstance(text, str) for language, text in given.items()
    )
    if not right:
        raise Unreadable(_("« %s » est un texte, ou un texte « fr » et un « nl ».") % key)
    return MappingProxyType(dict(given))


def _text(document: Mapping[str, Any], key: str) -> str:
    given = document.get(key, "")
    if not isinstance(given, str):
        raise Unreadable(_("« %s » est un texte.") % key)
    return given


def _uses(document: Mapping[str, Any]) -> tuple[str, ...]:
    given = document.get("uses", [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise Unreadable(_("« uses » est une liste de codes d'hypothèses."))
    return tuple(given)


def _parameters(document: Mapping[str, Any]) -> Mapping[str, Parameter]:
    given = document.get("parameters", {})
    if not isinstance(given, dict):
        raise Unreadable(_("« parameters » est une table : [parameters.nom]."))
    return MappingProxyType({name: _parameter(name, table) for name, table in given.items()})


def _parameter(name: str, table: Any) -> Parameter:
    if not isinstance(table, dict) or set(table) - {"label", "value", "among"}:
        raise Unreadable(
            _("le paramètre « %s » a un « label », une « value » et un « among ».") % name
        )
    value = table.get("value", "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unreadable(_("la valeur du paramètre « %s » s'écrit entre guillemets.") % name)
    return Parameter(_words(table, "label"), str(value), _text(table, "among"))
