"""The general law of subsidies: its principles, and where each is written, by authority and day.

The day that counts is that on which a subsidy is granted: the Region of Brussels follows its
ordinance of 2006 up to 31 December 2024 and its code of public finances from 1 January 2025.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine.figures import STATUSES
from backoffice.web.templatetags.labels import said
from grants.pack import AUTHORITIES

FILE = Path(__file__).with_name("general_law.toml")


class InvalidLaw(ValueError):
    """The file of the general law contradicts itself; the message names the entry."""


class LawNotInForce(LookupError):
    """No text is held for an authority on a day; the message says from when to when one is."""


@dataclass(frozen=True)
class Reference:
    """Where a principle is written for an authority, from `since` to `until` excluded.

    `article` names the text and its article; it is empty when the status is "missing", and
    `source` then says what was looked for.
    """

    principle: str
    authority: str
    since: date
    until: date | None
    article: str
    source: str
    status: str

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def text(self) -> str:
        """The article with its source; what is not found says so."""
        return f"{self.article} ; {self.source}" if self.article else self.source


@cache
def principles() -> Mapping[str, Mapping[str, str]]:
    """Each principle in both languages, by code, in the order in which they are shown."""
    return MappingProxyType(_read(FILE)[0])


@cache
def references() -> tuple[Reference, ...]:
    """Every reference, by principle, authority and day."""
    return _read(FILE)[1]


def reference(principle: str, authority: str, day: date) -> Reference:
    """Where a principle is written for subsidies that an authority grants on a day.

    Raises:
        KeyError: no principle or no authority has this code.
        LawNotInForce: no text is held for that day.
    """
    held = periods(principle, authority)
    found = [one for one in held if one.covers(day)]
    if found:
        return found[0]
    raise LawNotInForce(
        _(
            "« %(principle)s » : aucun texte n'est tenu pour %(authority)s au %(day)s. "
            "Textes tenus : %(spans)s. Vérifiez la date de l'octroi."
        )
        % {
            "principle": said(principles()[principle]),
            "authority": said(AUTHORITIES[authority]),
            "day": f"{day:%d/%m/%Y}",
            "spans": _(" ; ").join(_span(one) for one in held),
        }
    )


def periods(principle: str, authority: str) -> tuple[Reference, ...]:
    """The references of a principle for an authority, oldest first.

    Raises:
        KeyError: no principle or no authority has this code.
    """
    principles()[principle], AUTHORITIES[authority]
    return tuple(
        one for one in references() if (one.principle, one.authority) == (principle, authority)
    )


def _span(one: Reference) -> str:
    since = f"{one.since:%d/%m/%Y}"
    if one.until is None:
        return _("depuis le %(since)s") % {"since": since}
    last = one.until - timedelta(days=1)
    return _("du %(since)s au %(last)s") % {"since": since, "last": f"{last:%d/%m/%Y}"}


def _read(path: Path) -> tuple[dict[str, dict[str, str]], tuple[Reference, ...]]:
    with path.open("rb") as file:
        table = tomllib.load(file)
    told = table["principles"]
    found = tuple(one for law in table["laws"] for one in _law(law))
    _check(told, found)
    return told, tuple(
        sorted(found, key=lambda one: (list(told).index(one.principle), one.authority, one.since))
    )


def _law(table: Mapping[str, Any]) -> Iterable[Reference]:
    """The references of one text, for each authority it binds."""
    for authority in table["authorities"]:
        for principle, article in table["articles"].items():
            yield Reference(
                principle=principle,
                authority=authority,
                since=table["since"],
                until=table.get("until"),
                article=article if table["status"] != "missing" else "",
                source=table["source"] if table["status"] != "missing" else article,
                status=table["status"],
            )


def _check(told: Mapping[str, Mapping[str, str]], found: tuple[Reference, ...]) -> None:
    """Every principle in both languages, for every authority, without a day told twice."""
    for code, words in told.items():
        _refuse_unless(set(words) == {"fr", "nl"} and all(words.values()), f"{code} : fr et nl")
    for one in found:
        _refuse_unless(one.principle in told, f"principe inconnu : {one.principle}")
        _refuse_unless(one.authority in AUTHORITIES, f"pouvoir inconnu : {one.authority}")
        _refuse_unless(one.status in STATUSES, f"statut inconnu : {one.status}")
    for code in told:
        for authority in AUTHORITIES:
            mine = sorted(
                (one for one in found if (one.principle, one.authority) == (code, authority)),
                key=lambda one: one.since,
            )
            at = f"{code}, {authority}"
            _refuse_unless(bool(mine), _("%s : rien, pas même « missing »") % at)
            ends = [one.until for one in mine]
            starts = [*(one.since for one in mine[1:]), None]
            _refuse_unless(ends == starts, _("%s : deux textes un jour, ou aucun") % at)


def _refuse_unless(right: bool, words: str) -> None:  # noqa: FBT001 - a condition, not an option
    if not right:
        raise InvalidLaw(f"{FILE.name} : {words}")
