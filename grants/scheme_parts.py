"""The parts of a scheme's file: its costs, days, stacks and figures, and how each is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as mark

from backoffice.engine.figures import Figure, FigureValue, Source
from backoffice.figures.loader import figures_from_table
from backoffice.figures.places import Fault, each, within
from backoffice.figures.reading import read_toml
from backoffice.figures.vocabulary import outside_payroll
from grants import general_law
from grants.terms import TERMS, UNIT_OF
from grants.year_rules import YearRule, year_rules

_SAME_PIECES = mark("même objet sur les mêmes pièces")


@dataclass(frozen=True)
class StackRule:
    """May this scheme be put on hours that another one already finances?

    `tone` is allowed, suspicious or forbidden; the rule holds from `since` on.
    """

    over: str
    since: date
    tone: str
    article: str
    source: str
    status: str


@dataclass(frozen=True)
class CostRule:
    """What a scheme does with a cost item, or with people outside the payroll of a category.

    `treatment` is full, excluded, capped (it counts up to `figure`, EUR per FTE and year) or deduct
    (other public funding of the same cost comes off); `status` says how sure that is.
    """

    treatment: str
    status: str
    source: str
    figure: str = ""


def own_figures(table: dict[str, Any], path: Path) -> tuple[Figure, ...]:
    """The figures of the file, and a missing one for each required term that has none."""
    code = table["code"]
    with within("figures"):
        found = list(figures_from_table(code, table.get("figures", {}), path))
    known = {figure.code for figure in found}
    for term in table["required_terms"]:
        unit = UNIT_OF.get(TERMS[term].kind)
        if unit and f"{code}.{term}" not in known:
            label = {"fr": TERMS[term].fr, "nl": TERMS[term].nl}
            source = Source(
                mark("Lettre d'octroi de chaque subvention"), verified=table["verified"]
            )
            value = FigureValue(table["life"]["starts_on"], None, None, "", None, "missing", source)
            found.append(Figure(f"{code}.{term}", label, unit, (value,)))
    return tuple(found)


def days_of(name: str, tables: Iterable[Mapping[str, Any]]) -> tuple[YearRule, ...]:
    """The days of a list of the file."""
    return tuple(chain.from_iterable(each(name, tables, lambda table: tuple(year_rules(table)))))


def borrowed_days(table: Mapping[str, Any], path: Path) -> tuple[YearRule, ...]:
    """The instalments of another scheme, where the law says that they are the same."""
    if "instalments_of" not in table:
        return ()
    borrowed = table["instalments_of"]
    other, source = borrowed["scheme"], borrowed["source"]
    known = {file.stem for file in path.parent.glob("*.toml")}
    refuse({other} - known, "régime inconnu", "instalments_of", "scheme")
    rules = days_of("instalments", of_the_other(table, path, "instalments"))
    return tuple(
        replace(
            rule,
            source=f"{source} ; {rule.source}",
            status=borrowed.get("status", rule.status),
        )
        for rule in rules
    )


def of_the_other(table: Mapping[str, Any], path: Path, key: str) -> list[dict[str, Any]]:
    """A part of the scheme whose instalments are borrowed; nothing where none are."""
    if "instalments_of" not in table:
        return []
    other = read_toml(path.with_name(f"{table['instalments_of']['scheme']}.toml"))
    found: list[dict[str, Any]] = other.get(key, [])
    return found


def refuse(wrong: set[str], words: str, *at: str) -> None:
    """Refuse what is wrong at a place of the file: at the entry of that name, if there is one."""
    if wrong:
        raise Fault(f"{words} : {', '.join(sorted(wrong))}", *at, min(wrong))


def cost_rules(table: dict[str, Any], figures: Iterable[Figure]) -> Mapping[str, CostRule]:
    """How each cost item is treated, and the `doubtful` ones with their own source.

    `full` and `excluded` are lists; `capped` names the figure of each item and `deduct` the source
    of each. People outside the payroll are taken or not: no maximum applies to their invoices.
    """
    source, status = table["source"], table["status"]
    capped, deduct = table.get("capped", {}), table.get("deduct", {})
    listed = [*table["full"], *table["excluded"], *capped, *deduct]
    twice = {item for item in listed if listed.count(item) > 1}
    refuse(twice, "élément de coût traité de deux façons")
    refuse({*capped, *deduct} & set(outside_payroll()), "hors salariat : admis ou exclu seulement")
    known = {one.code.partition(".")[2] for one in figures if one.unit == "EUR/FTE/year"}
    refuse(set(capped.values()) - known, "maximum sans valeur par ETP et par an")
    rules = {item: CostRule("full", status, source) for item in table["full"]}
    rules |= {item: CostRule("excluded", status, source) for item in table["excluded"]}
    rules |= {item: CostRule("capped", status, source, name) for item, name in capped.items()}
    rules |= {item: CostRule("deduct", status, words) for item, words in deduct.items()}
    for item, words in table.get("doubtful", {}).items():
        rules[item] = replace(rules[item], status="to_confirm", source=words)
    return rules


def stack_rules(table: Mapping[str, Any]) -> tuple[StackRule, ...]:
    """What the file says of hours that another scheme already finances."""
    authority = table["authority"]
    found = each("stack", table.get("stack", []), lambda one: tuple(_stack_rule(one, authority)))
    return tuple(chain.from_iterable(found))


def _stack_rule(table: Mapping[str, Any], authority: str) -> Iterable[StackRule]:
    """One rule; or, where `law` names a principle, one for each text that holds it in turn."""
    refuse({table["tone"]} - {"allowed", "suspicious", "forbidden"}, "mot inconnu", "tone")
    if "law" not in table:
        yield StackRule(**table)
        return
    kept = {key: value for key, value in table.items() if key != "law"}
    for held in general_law.periods(table["law"], authority):
        refuse({authority} if not held.article else set(), "aucun texte n'est tenu pour")
        yield StackRule(
            **kept,
            since=held.since,
            article=f"{held.article} ; {_SAME_PIECES}",
            source=held.source,
            status=held.status,
        )
