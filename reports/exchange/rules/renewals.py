"""Rules about awards that renew others, or whose letter has not come."""

from collections.abc import Iterator

from backoffice.web.sentences import gettext as _
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Fact, Facts, days


def renews_another_kind(facts: Facts) -> Iterator[Problem]:
    """An award that renews one of another scheme or approval, or one that is not earlier."""
    awards = {fact.values.get("reference"): fact for fact in facts.merged("awards")}
    for line in facts.lines("awards"):
        renewed = awards.get(line.values.get("renews"))
        if renewed is None or not line.has("renews"):
            continue
        for code, said in (
            ("scheme", _("Une subvention en reconduit une autre du même régime, pas celle-ci.")),
            (
                "approval",
                _("Une subvention en reconduit une autre du même agrément, pas celle-ci."),
            ),
        ):
            if line.values.get(code) != renewed.values.get(code):
                yield line.problem(
                    "renews_another_kind",
                    "renews",
                    said,
                    _("Corrigez la référence, ou videz la cellule."),
                )
        own, before = days(line.values), days(renewed.values)
        if own and before and own.start <= before.start:
            yield line.problem(
                "renews_a_later_award",
                "renews",
                _("La subvention reconduite commence le %(first)s, pas avant celle-ci (%(own)s).")
                % {"first": f"{before.start:%d/%m/%Y}", "own": f"{own.start:%d/%m/%Y}"},
                _("Écrivez la référence de la subvention précédente, ou videz la cellule."),
            )


def letter_in_part(facts: Facts) -> Iterator[Problem]:
    """A letter of which one cell is filled and another is not: it has come, or it has not."""
    names = ("letter_reference", "letter_on", "notified_on")
    for line in facts.lines("awards"):
        if not all(name in line.values for name in names):
            continue
        blank = [name for name in names if line.values[name] is None]
        if blank and len(blank) < len(names):
            yield line.problem(
                "letter_in_part",
                blank[0],
                _("La lettre d'octroi est à moitié encodée : cette cellule est vide."),
                _("Remplissez-la, ou videz les trois cellules tant que la lettre n'est pas reçue."),
            )


def renewed_twice(facts: Facts) -> Iterator[Problem]:
    """Two awards that renew the same one."""
    first: dict[object, Fact] = {}
    stored_last = sorted(facts.merged("awards"), key=lambda fact: fact.line is not None)
    for fact in stored_last:
        renewed = fact.values.get("renews")
        if renewed is None:
            continue
        other = first.setdefault(renewed, fact)
        if other is not fact and fact.line is not None:
            yield fact.line.problem(
                "renewed_twice",
                "renews",
                _("La subvention %(other)s reconduit déjà %(renewed)s.")
                % {"other": other.values.get("reference"), "renewed": renewed},
                _("Gardez une seule reconduction."),
            )
