"""Puts the pages of the rule book together from the packs: no text of a rule is written here."""

from collections import Counter
from collections.abc import Mapping

from backoffice.engine.figures import Figures
from backoffice.engine.sheet import labels
from backoffice.web.templatetags.money import day
from grants.pack import AUTHORITIES, SECTIONS, RuleText
from grants.scheme import Scheme, schemes
from reports.rulebook import tables, words
from reports.rulebook.content import (
    STATUSES,
    Cell,
    Matrix,
    Rule,
    SchemePage,
    Section,
    Table,
    Text,
    told,
)
from reports.rulebook.values import values_of

STACKING, VALUES = "stacking", "values"
_MORE: Mapping[str, Text] = {
    STACKING: labels("Cumul avec d'autres régimes", "Cumulatie met andere regelingen"),
    VALUES: labels("Valeurs", "Waarden"),
}


def pages(figures: Figures) -> list[SchemePage]:
    """Every scheme, in the order in which they settle."""
    return [page_of(scheme, figures) for scheme in schemes().values()]


def page_of(scheme: Scheme, figures: Figures) -> SchemePage:
    """One scheme, with the figures as they are now, those that users filled in included."""
    blocks = values_of(scheme, figures)
    tables_by_section = _tables(scheme, figures)
    sections = [
        Section(
            code=code,
            title=title,
            rules=tuple(
                _rule(scheme, rule, figures) for rule in scheme.rules if rule.section == code
            ),
            tables=tuple(table for table in tables_by_section.get(code, ()) if table.rows),
            gap=None if any(rule.section == code for rule in scheme.rules) else _gap(scheme),
        )
        for code, title in SECTIONS.items()
    ]
    sections.append(Section(STACKING, _MORE[STACKING], tables=(tables.stacks_of(scheme),)))
    sections.append(Section(VALUES, _MORE[VALUES], values=blocks))
    counted = Counter(row.status for block in blocks for row in block.rows)
    return SchemePage(
        code=scheme.code,
        label=scheme.label,
        funder=scheme.funder,
        authority=AUTHORITIES[scheme.authority],
        summary=summary_of(scheme),
        verified=scheme.verified,
        sections=tuple(sections),
        counts={status: counted[status] for status in STATUSES if counted[status]},
    )


_APPROVALS = {"BODY": labels("organisme représentatif", "representatieve organisatie")}
"""The approvals that have no abbreviation of their own."""


def summary_of(scheme: Scheme) -> Text:
    """One line: since when, until when, for which approvals."""
    french, dutch = (
        ", ".join(_APPROVALS.get(code, {}).get(language, code) for code in scheme.approvals)
        for language in ("fr", "nl")
    )
    end = scheme.ends_on
    return labels(
        f"Depuis le {day(scheme.starts_on)}"
        + (f", fin prévue le {day(end)}" if end else "")
        + (f" ; agréments : {french}" if french else " ; sans condition d'agrément"),
        f"Sinds {day(scheme.starts_on)}"
        + (f", einde voorzien op {day(end)}" if end else "")
        + (f"; erkenningen: {dutch}" if dutch else "; zonder erkenningsvoorwaarde"),
    )


def matrix() -> Matrix:
    """Cost item by scheme."""
    found = tuple(schemes().values())
    return Matrix(
        schemes=tuple((scheme.code, scheme.label) for scheme in found),
        rows=tuple(
            (label, tuple((scheme.code, _treatment(scheme, code)) for scheme in found))
            for code, label in tables.items_labels().items()
        ),
    )


def _treatment(scheme: Scheme, item: str) -> Cell:
    rule = scheme.costs[item]
    return Cell(words.TREATMENTS[rule.treatment], status=f"{rule.treatment} {rule.status}")


def _tables(scheme: Scheme, figures: Figures) -> Mapping[str, tuple[Table, ...]]:
    return {
        "beneficiary": (tables.forms_of(scheme),),
        "frame": (tables.frame_of(scheme, figures),),
        "functions": (tables.functions_of(scheme),),
        "costs": (tables.cost_items_of(scheme), tables.heads_of(scheme)),
        "calculation": (tables.method_of(scheme), tables.terms_of(scheme)),
        "instalments": (tables.instalments_of(scheme), tables.readings_of(scheme)),
        "justification": (tables.deadlines_of(scheme), tables.documents_of(scheme)),
        "checks": (tables.checks_table(scheme),),
        "consequences": (tables.consequences_of(scheme), tables.law_of(scheme)),
        "life": (tables.life_of(scheme),),
    }


def _rule(scheme: Scheme, rule: RuleText, figures: Figures) -> Rule:
    return Rule(
        text={"fr": rule.fr, "nl": rule.nl},
        article=told(rule.article) if rule.article else None,
        source=told(rule.source),
        status=rule.status,
        said=STATUSES[rule.status],
        verified=rule.verified or scheme.verified,
        period=words.span(rule.since, rule.until),
        figures=tuple(tables.figure_links(scheme, rule.figures, figures)),
    )


def _gap(scheme: Scheme) -> Text:
    return labels(
        f"Non encore décrit. À demander à : {scheme.funder['fr']}.",
        f"Nog niet beschreven. Te vragen aan: {scheme.funder['nl']}.",
    )
