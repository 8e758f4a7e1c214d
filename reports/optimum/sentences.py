"""The proof in sentences: what no allocation can do, and what holds it back."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine.optimum.bottlenecks import (
    CEILING,
    FRAME,
    GRANT,
    POST,
    STAFF,
    Bottleneck,
)
from backoffice.engine.periods import month_start
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import eur, month_words
from grants.snapshots import FUNCTIONS
from reports.documents.words import without_capital
from reports.lines import function_label
from reports.optimum.certified import Certified
from reports.optimum.eligibility import words_of

_MOST = 3


def proof(found: Certified) -> Iterator[str]:
    """What is certain about every allocation that the rules permit."""
    if found.is_best:
        yield _(
            "Aucune répartition permise ne justifie plus que %(amount)s, à l'arrondi au cent de "
            "chaque ligne de coût près : celle-ci est la meilleure."
        ) % {"amount": eur(found.proposed)}
    else:
        yield _(
            "Aucune répartition permise ne justifie plus que %(bound)s : une autre pourrait faire "
            "mieux que celle-ci de %(better)s au plus."
        ) % {"bound": eur(found.bound), "better": eur(found.better)}
    if found.structural:
        yield _(
            "Sur les %(granted)s accordés, %(left)s restent injustifiables quelle que soit la "
            "répartition."
        ) % {"granted": eur(found.granted), "left": eur(found.structural)}
    else:
        yield _("Tout ce qui est accordé peut être justifié.")
    if found.frozen:
        words = _(
            "Mois de travailleurs qui restent tels quels : %d. Leurs heures portent deux "
            "subventions, une version envoyée les demande déjà, ou deux contrats y sont en cours."
        )
        yield words % found.frozen


def limits(found: Certified) -> Iterator[tuple[str, list[str]]]:
    """By award that is not exhausted, what holds it back; then those that could do with more."""
    for index, award in enumerate(found.awards):
        mine = [one for one in found.bottlenecks if one.year == index]
        if award.moves and award.left:
            words = [_words(found, one) for one in mine if one.kind != GRANT]
            yield award.reference, words[:_MOST] or [_no_cost()]
    used = [found.awards[one.year].reference for one in found.bottlenecks if one.kind == GRANT]
    if used:
        yield (
            ", ".join(sorted(used)),
            [_("Montant accordé atteint : d'autres coûts y entreraient.")],
        )


def _no_cost() -> str:
    return _("Toutes les heures payées que les règles y permettent sont déjà utilisées.")


def _words(found: Certified, one: Bottleneck) -> str:
    left = found.awards[one.year].left
    worth = one.worth if left is None else min(one.worth, left)
    said_of = {"worth": eur(worth), "months": _months(one)}
    if one.kind == POST:
        said_of["post"] = found.codes[one.what]
        return (
            _(
                "Le poste %(post)s est plein (%(months)s) : un ETP de plus pendant un mois y "
                "justifierait jusqu'à %(worth)s."
            )
            % said_of
        )
    if one.kind == FRAME:
        said_of["function"] = without_capital(said(function_label(FUNCTIONS[one.what])))
        return (
            _(
                "Le cadre est plein pour la fonction %(function)s (%(months)s) : un ETP de plus "
                "pendant un mois y justifierait jusqu'à %(worth)s."
            )
            % said_of
        )
    if one.kind == CEILING:
        said_of["post"] = found.codes[one.what]
        return (
            _(
                "Le montant par ETP du poste %(post)s est atteint : 100 EUR de plus par ETP et par "
                "an y justifieraient %(worth)s."
            )
            % said_of
        )
    if one.kind == STAFF:
        return (
            _(
                "Le maximum des frais de personnel est atteint : 100 EUR de plus en justifieraient "
                "%(worth)s."
            )
            % said_of
        )
    return _barred(found, one, said_of)


def _barred(found: Certified, one: Bottleneck, said_of: dict[str, str]) -> str:
    who = found.barred(one.what)
    said_of |= {"worker": who.worker, "post": who.post, "obstacle": words_of(who.obstacle)}
    return (
        _(
            "Admissibilité : %(obstacle)s. Sans cela, un mois du contrat de %(worker)s au poste "
            "%(post)s (%(months)s, par exemple) justifierait jusqu'à %(worth)s."
        )
        % said_of
    )


def _months(one: Bottleneck) -> str:
    if not one.months:
        return ""
    first, last = month_start(one.months[0]), month_start(one.months[-1])
    if first == last:
        return month_words(first)
    if len(one.months) == one.months[-1] - one.months[0] + 1:
        words = {"first": month_words(first), "last": month_words(last)}
        return _("de %(first)s à %(last)s") % words
    return ngettext("%d mois", "%d mois", len(one.months)) % len(one.months)
