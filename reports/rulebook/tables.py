"""The tables of a page: costs, heads, functions, frame, days, documents, checks, life, stacks."""

from collections.abc import Iterator, Mapping

from backoffice.engine.figures import Figures
from backoffice.engine.sheet import labels
from backoffice.figures.vocabulary import cost_items, outside_payroll
from backoffice.web.templatetags.money import day
from grants import general_law
from grants.scheme import Scheme, schemes
from grants.scheme_parts import CostRule
from grants.stacking import changes_between
from grants.terms import TERMS
from grants.year_rules import YearRule
from reports.checks.labels import checks_of
from reports.lines import HEAD_LABELS, function_label
from reports.rulebook import days, words
from reports.rulebook.content import NOTHING, STATUSES, Cell, Table, Text, same, told
from reports.rulebook.values import anchor_of, code_of, value_text

_SOURCE, _STATUS = labels("Source", "Bron"), labels("Statut", "Status")
_SINCE, _FUNCTION = labels("Depuis", "Sinds"), labels("Fonction", "Functie")


def status_cell(status: str) -> Cell:
    """How sure something is, as a badge."""
    return Cell(STATUSES[status], status=status)


def cost_items_of(scheme: Scheme) -> Table:
    """What the scheme does with each cost item of the payroll, and with people outside it."""
    rows = tuple(
        (
            Cell(label),
            Cell(words.TREATMENTS[rule.treatment], target=_limit(scheme, rule)),
            status_cell(rule.status),
            _told(rule.source),
        )
        for code, label in items_labels().items()
        for rule in (scheme.costs[code],)
    )
    heads = (
        labels("Élément de coût", "Kostenelement"),
        labels("Traitement", "Behandeling"),
        _STATUS,
        _SOURCE,
    )
    anchors = tuple(f"cout-{code}" for code in items_labels())
    title = labels("Éléments de coût du personnel", "Kostenelementen van het personeel")
    return Table("elements", title, heads, rows, anchors)


def items_labels() -> Mapping[str, Text]:
    """Cost items of the payroll, then categories of people outside it, by code."""
    inside = {code: one.label for code, one in cost_items().items()}
    return inside | {code: one.label for code, one in outside_payroll().items()}


def heads_of(scheme: Scheme) -> Table:
    """Each head of the subsidy and its maximum."""
    rows = tuple(
        (Cell(HEAD_LABELS[head]), Cell(words.head_rule(rule)))
        for head, rule in scheme.heads.items()
    )
    heads = labels("Rubrique", "Rubriek"), labels("Règle", "Regel")
    return Table("rubriques", labels("Rubriques et maxima", "Rubrieken en maxima"), heads, rows)


def frame_of(scheme: Scheme, figures: Figures) -> Table:
    """FTE of each function by day."""
    read = {one.code: {"fr": one.fr, "nl": one.nl} for one in scheme.readings}
    rows = tuple(
        (
            Cell(function_label(row.function)),
            Cell(words.ORIGINS.get(row.origin, same(row.origin))),
            Cell(read[row.reading] if row.reading else NOTHING),
            Cell(same(day(value.since)), target=anchor_of(row.figure)),
            Cell(value_text(value, figures[row.figure].unit), number=True),
            status_cell(value.status),
            _told(value.source.title),
        )
        for row in scheme.frame
        for value in figures[row.figure].values
    )
    heads = (
        *(_FUNCTION, labels("Cadre", "Kader"), labels("Lecture", "Lezing"), _SINCE),
        *(labels("ETP", "VTE"), _STATUS, _SOURCE),
    )
    return Table(
        "etp", labels("ETP par fonction et par jour", "VTE per functie en per dag"), heads, rows
    )


def forms_of(scheme: Scheme) -> Table:
    """The legal forms of the beneficiary, where they decide what is financed."""
    rows = tuple(
        (
            Cell(same(one.code)),
            Cell({"fr": one.fr, "nl": one.nl}),
            status_cell(one.status),
            _told(one.source),
        )
        for one in scheme.forms
    )
    heads = labels("Code", "Code"), labels("Forme", "Vorm"), _STATUS, _SOURCE
    return Table("formes", labels("Formes juridiques", "Rechtsvormen"), heads, rows)


def functions_of(scheme: Scheme) -> Table:
    """Each function that the scheme finances, with its least diploma."""
    rows = tuple(
        (
            Cell(function_label(row.function)),
            Cell(words.diploma(row.diploma)),
            Cell(same(row.form) if row.form else NOTHING),
            status_cell(row.status),
            _told(row.source),
        )
        for row in scheme.functions
    )
    heads = (
        _FUNCTION,
        labels("Diplôme minimal", "Minimumdiploma"),
        labels("Forme juridique", "Rechtsvorm"),
        _STATUS,
        _SOURCE,
    )
    return Table("fonctions", labels("Fonctions financées", "Gefinancierde functies"), heads, rows)


def method_of(scheme: Scheme) -> Table:
    """How the software computes what is admissible."""
    said = [words.SHAPES[scheme.shape]]
    said += [words.option(code, value) for code, value in scheme.options.items() if value]
    rows = tuple((Cell(one),) for one in said)
    title = labels("Ce que le logiciel calcule", "Wat de software berekent")
    return Table("methode", title, (labels("Méthode", "Methode"),), rows)


def terms_of(scheme: Scheme) -> Table:
    """What the letter of each award must say."""
    rows = tuple(
        (
            Cell(labels(TERMS[code].fr, TERMS[code].nl)),
            Cell(labels("chaque exercice", "elk boekjaar") if TERMS[code].yearly else NOTHING),
        )
        for code in scheme.required_terms
    )
    heads = labels("Terme", "Voorwaarde"), labels("Décidé à nouveau", "Opnieuw beslist")
    title = labels("Ce que la lettre doit donner", "Wat de brief moet geven")
    return Table("termes", title, heads, rows)


def instalments_of(scheme: Scheme) -> Table:
    """Day and share of each payment of an exercise."""
    rows = tuple(
        (
            Cell(rule.label),
            Cell(days.when(rule)),
            Cell(_share(rule), number=True),
            Cell(days.bounds(rule)),
            status_cell(rule.status),
            _told(rule.source),
        )
        for rule in scheme.instalments
    )
    heads = (
        *(labels("Tranche", "Schijf"), labels("Jour", "Dag"), labels("Part", "Aandeel")),
        *(labels("Pour", "Voor"), _STATUS, _SOURCE),
    )
    return Table("tranches", labels("Avances et solde", "Voorschotten en saldo"), heads, rows)


def readings_of(scheme: Scheme) -> Table:
    """The ways in which an ambiguous law is read; a term of the award chooses."""
    rows = tuple(
        (
            Cell(same(one.code)),
            Cell({"fr": one.fr, "nl": one.nl}),
            Cell(same(", ".join(map(str, one.years)))),
            Cell(labels("oui", "ja") if one.default else labels("non", "nee")),
            _told(one.source),
        )
        for one in scheme.readings
    )
    heads = (
        *(labels("Code", "Code"), labels("Lecture", "Lezing"), labels("Exercices", "Boekjaren")),
        *(labels("Sans choix", "Zonder keuze"), _SOURCE),
    )
    title = labels("Lectures d'un texte ambigu", "Lezingen van een dubbelzinnige tekst")
    return Table("lectures", title, heads, rows)


def deadlines_of(scheme: Scheme) -> Table:
    """What is due for an exercise, and when."""
    rows = tuple(
        (
            Cell(rule.label),
            Cell(days.when(rule)),
            Cell(days.bounds(rule)),
            status_cell(rule.status),
            _told(rule.source),
        )
        for rule in scheme.deadlines
    )
    heads = (
        *(labels("À remettre", "In te dienen"), labels("Jour", "Dag"), labels("Pour", "Voor")),
        *(_STATUS, _SOURCE),
    )
    return Table("echeances", labels("Échéances", "Vervaldagen"), heads, rows)


def documents_of(scheme: Scheme) -> Table:
    """The documents that the funder asks for."""
    rows = tuple(
        (
            Cell({"fr": one["fr"], "nl": one["nl"]}),
            status_cell(one["status"]),
            _told(one["source"]),
        )
        for one in scheme.documents
    )
    heads = labels("Document", "Document"), _STATUS, _SOURCE
    title = labels("Documents demandés", "Gevraagde documenten")
    return Table("documents", title, heads, rows)


def checks_table(scheme: Scheme) -> Table:
    """The checks that run on each justification of the scheme."""
    found = checks_of(scheme)
    rows = tuple(
        (
            Cell(one.label),
            Cell(
                {
                    lang: ", ".join(words.LEVELS[level][lang] for level in one.levels)
                    for lang in ("fr", "nl")
                }
            ),
        )
        for _, one in found
    )
    heads = labels("Ce qui est regardé", "Wat wordt nagekeken"), labels("Niveau", "Niveau")
    title = labels("Contrôles du logiciel", "Controles van de software")
    anchors = tuple(f"controle-{name}" for name, _ in found)
    return Table("controles-logiciel", title, heads, rows, anchors)


def consequences_of(scheme: Scheme) -> Table:
    """What a missed day costs."""
    rows = tuple(
        (
            Cell(rule.label),
            Cell(rule.consequence),
            Cell(words.EFFECTS.get(rule.effect, NOTHING)),
            status_cell(rule.status),
            _told(rule.source),
        )
        for rule in scheme.deadlines
        if rule.consequence
    )
    heads = (
        labels("Échéance manquée", "Gemiste vervaldag"),
        labels("Conséquence", "Gevolg"),
        labels("Effet calculé", "Berekend effect"),
        *(_STATUS, _SOURCE),
    )
    return Table("manquements", labels("Par échéance", "Per vervaldag"), heads, rows)


def law_of(scheme: Scheme) -> Table:
    """The general law of subsidies as this authority follows it, by day of the grant."""
    rows = tuple(
        (
            Cell(general_law.principles()[one.principle]),
            Cell(words.span(one.since, one.until) or NOTHING),
            Cell(told(one.article) if one.article else labels("non trouvé", "niet gevonden")),
            status_cell(one.status),
            _told(one.source),
        )
        for one in general_law.references()
        if one.authority == scheme.authority
    )
    heads = (
        labels("Principe", "Beginsel"),
        labels("Octroi", "Toekenning"),
        labels("Texte", "Tekst"),
        *(_STATUS, _SOURCE),
    )
    title = labels("Droit commun des subventions", "Gemeen recht van de subsidies")
    return Table("droit-commun", title, heads, rows)


def life_of(scheme: Scheme) -> Table:
    """First and last day of the scheme, and what follows."""
    life = scheme.life
    end = (
        same(day(life.ends_on))
        if life.ends_on
        else labels("aucune fin prévue", "geen einde gepland")
    )
    rows = [
        (
            Cell(labels("Premier jour", "Eerste dag")),
            Cell(same(day(life.starts_on))),
            Cell(NOTHING),
            Cell(NOTHING),
        )
    ]
    rows.append(
        (
            Cell(labels("Dernier jour", "Laatste dag")),
            Cell(end),
            status_cell(life.end_status) if life.ends_on else Cell(NOTHING),
            _told(life.end_source),
        )
    )
    rows += [
        (
            Cell(labels("Ce qui suit", "Wat volgt")),
            Cell(schemes()[code].label, page=code),
            Cell(NOTHING),
            Cell(NOTHING),
        )
        for code in life.successors
    ]
    heads = labels("Étape", "Stap"), labels("Jour ou régime", "Dag of regeling"), _STATUS, _SOURCE
    return Table("etapes", labels("Dates", "Data"), heads, tuple(rows))


def stacks_of(scheme: Scheme) -> Table:
    """The answer for each other scheme on the same hours, and each day on which it changes."""
    rows = tuple(
        (
            Cell(other.label),
            Cell(same(day(since)), number=False),
            Cell(words.TONES[stack.tone], status=f"stack_{stack.tone}"),
            status_cell(stack.status),
            _told(stack.article)
            if stack.article
            else Cell(labels("rien n'est écrit", "niets is geschreven")),
        )
        for other in schemes().values()
        if other is not scheme
        for since, stack in changes_between(scheme, other)
    )
    heads = (
        labels("Autre régime sur les mêmes heures", "Andere regeling op dezelfde uren"),
        _SINCE,
        labels("Réponse", "Antwoord"),
        *(_STATUS, labels("Règle", "Regel")),
    )
    return Table("regimes", labels("Régime par régime", "Regeling per regeling"), heads, rows)


def figure_links(
    scheme: Scheme, names: tuple[str, ...], figures: Figures
) -> Iterator[tuple[str, Text]]:
    """Anchor and label of each figure that a rule names."""
    for name in names:
        code = code_of(scheme, name)
        yield anchor_of(code), figures[code].label


def _share(rule: YearRule) -> Text:
    """The part of the amount, or how an advance at its own rate and its settlement are counted."""
    if rule.share is not None:
        return same(words.percent(rule.share))
    if rule.rate:
        return labels(
            f"à son propre taux, trimestre {rule.quarter}",
            f"aan een eigen tarief, kwartaal {rule.quarter}",
        )
    return labels("ce qui reste dû", "wat nog verschuldigd is") if rule.rest else NOTHING


def _limit(scheme: Scheme, rule: CostRule) -> str:
    """Where the maximum of a capped item stands."""
    return anchor_of(code_of(scheme, rule.figure)) if rule.figure else ""


def _told(source: str) -> Cell:
    return Cell(told(source) if source else NOTHING)
