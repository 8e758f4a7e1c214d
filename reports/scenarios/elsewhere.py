"""Changes that are about others: a type of service or a scheme that nobody here has.

A scenario of the library speaks of a whole region. Where one service is looked at, what concerns
another type of service is no mistake: it is said, and changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.federation.vocabulary import ApprovalKind
from backoffice.web.templatetags.money import month_words, share
from grants.scheme import schemes
from reports.scenarios.labels import numbers_text, regime_name
from reports.scenarios.scenario import Change

_SCHEME, _EVERY = "scheme:", "*"


def told_apart(
    facts: Facts, changes: Iterable[Change]
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """The changes that may concern somebody here, and a sentence on all the others together."""
    here: list[Change] = []
    others: dict[int, str] = {}
    for change in changes:
        if whose := _missing_here(facts, change):
            others[change.number] = whose
        else:
            here.append(change)
    return tuple(here), (_of_nobody(others),) if others else ()


def _of_nobody(others: Mapping[int, str]) -> str:
    """That changes are about nobody here, by their numbers; `others` are what they are about."""
    return ngettext(
        "Modification n° %(numbers)s : elle ne concerne personne ici (%(whose)s).",
        "Les modifications n° %(numbers)s ne concernent personne ici : aucun service d'ici n'est "
        "de ces types, ni financé sous ces régimes.",
        len(others),
    ) % {"numbers": numbers_text(others), "whose": ", ".join(others.values())}


def at_known_index(facts: Facts, patches: Iterable[Patch]) -> tuple[list[Patch], list[str]]:
    """Amounts asked that no index moves, where nobody here is paid under their regime."""
    found: list[Patch] = []
    sentences: list[str] = []
    for patch in patches:
        regime = patch.values.get("regime")
        if regime is None or regime in facts.index.regimes:
            found.append(patch)
            continue
        kept = {name: value for name, value in patch.values.items() if name != "regime"}
        found.append(replace(patch, values=MappingProxyType(kept)))
        sentences.append(
            _(
                "Modification n° %(number)s : personne ici n'est payé sous le régime d'index "
                "« %(regime)s » ; le montant demandé ne bouge pas avec l'index."
            )
            % {"number": patch.number, "regime": regime}
        )
    return found, sentences


def past_known_index(facts: Facts, patches: Iterable[Patch]) -> list[str]:
    """The changes that follow an index which stops being known within the years compared."""
    found: list[str] = []
    for patch in patches:
        for regime in _followed(facts, patch):
            known = int(facts.index.known[facts.index.regimes.index(regime)])
            if known >= facts.stop - 1:
                continue
            words = {
                "number": patch.number,
                "regime": regime_name(regime),
                "month": month_words(known),
            }
            found.append(
                _(
                    "Modification n° %(number)s : elle suit « %(regime)s », qui n'est connu que "
                    "jusqu'en %(month)s ; ensuite, elle ne bouge plus. La fédération peut signer "
                    "une hypothèse de croissance de cet index."
                )
                % words
            )
    return found


def supposed_index(patches: Iterable[Patch]) -> list[str]:
    """The index that changes suppose once it can be told no more."""
    return [
        _(
            "Modification n° %(number)s : hypothèse, et non prévision : après le dernier mois "
            "connu, l'index bouge de %(rate)s chaque 1er janvier."
        )
        % {"number": one.number, "rate": share(one.number_of("path") or Fraction(0))}
        for one in patches
        if one.kind == "index" and "path" in one.values
    ]


def _followed(facts: Facts, patch: Patch) -> list[str]:
    """The regimes whose events a change waits for; a path tells its own."""
    if patch.kind == "index":
        every = facts.index.regimes if patch.target == _EVERY else (patch.target,)
        named: tuple[object, ...] = () if "path" in patch.values else every
    else:
        named = patch.values.get("regime"), patch.values.get("indexed_by")
    return [one for one in facts.index.regimes if one in named]


def _missing_here(facts: Facts, change: Change) -> str:
    """The type of service or the scheme that the change is about, where nobody here has it."""
    names, target = facts.names, change.target
    if not isinstance(target, str):
        return ""
    if change.kind == "post":
        return _unless(target, ApprovalKind.values, names.approval_kinds)
    return _unless(_scheme(change.kind, target), schemes(), names.award_schemes)


def _scheme(kind: str, target: str) -> str:
    """The scheme that a change speaks of, empty where it speaks of none."""
    if kind == "figure":
        return target.partition(".")[0]
    named = kind == "scheme" or (kind in {"award", "pay_date"} and target.startswith(_SCHEME))
    return target.removeprefix(_SCHEME) if named else ""


def _unless(word: str, exist: Iterable[str], here: Sequence[str]) -> str:
    return word if word in exist and word not in here else ""
