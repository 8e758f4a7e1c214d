"""Rules that hold in every sheet: one row per key, days in order, one employer, one year."""

from collections.abc import Iterator
from datetime import date

from backoffice.web.sentences import gettext as _
from reports.exchange.known import Key, folded, key_of
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Facts
from reports.exchange.sheets import COVER, COVER_TITLE, SHEETS


def twice(facts: Facts) -> Iterator[Problem]:
    """Two rows of a sheet with the same natural key."""
    for sheet in SHEETS:
        first: dict[Key, int] = {}
        for line in facts.lines(sheet.code):
            key = key_of(sheet, line.values)
            if facts.known.get(sheet.code, key) is None:
                key = folded(key)
            if None in key:
                continue
            if key not in first:
                first[key] = line.row
                continue
            month = sheet.code == "pay"
            names = ", ".join(sheet.column(code).header for code in sheet.key)
            yield line.problem(
                "month_twice" if month else "duplicate_row",
                "month" if month else sheet.key[-1],
                (
                    _("Ce mois est déjà à la ligne %(row)d pour ce travailleur.")
                    if month
                    else _("Déjà à la ligne %(row)d (même %(names)s).")
                )
                % {"row": first[key], "names": names},
                _("Gardez une seule des deux lignes, ou corrigez-en une."),
            )


def reversed_days(facts: Facts) -> Iterator[Problem]:
    """A last day before the first one."""
    for sheet in SHEETS:
        for line in facts.lines(sheet.code):
            first, last = line.values.get("starts_on"), line.values.get("ends_on")
            if isinstance(first, date) and isinstance(last, date) and last < first:
                yield line.problem(
                    "dates_reversed",
                    "ends_on",
                    _("La fin (%(last)s) précède le début (%(first)s).")
                    % {"last": f"{last:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}"},
                    _("Corrigez une des deux dates."),
                )


def one_employer(facts: Facts) -> Iterator[Problem]:
    """The sheet of the organisation has one row, the employer of the cover."""
    lines = facts.lines("organisation")
    if not lines:
        yield Problem(
            "missing_organisation",
            _("La feuille Organisation n'a pas de ligne."),
            _("Remplissez sa première ligne."),
            sheet=SHEETS[0].title,
        )
    for line in lines[1:]:
        yield line.problem(
            "several_organisations",
            "enterprise_number",
            _("Un classeur ne contient qu'un seul employeur."),
            _("Supprimez cette ligne et faites un classeur par employeur."),
        )
    number = facts.reading.cover.enterprise_number
    for line in lines[:1]:
        if number and line.has("enterprise_number"):
            written = line.values["enterprise_number"]
            if written != number:
                yield line.problem(
                    "other_enterprise_number",
                    "enterprise_number",
                    _("La couverture porte un autre numéro d'entreprise : %(number)s.")
                    % {"number": number},
                    _("Écrivez le même numéro sur la couverture et dans cette feuille."),
                )


def pay_of_the_year(facts: Facts) -> Iterator[Problem]:
    """Months of pay of another year than the cover's."""
    year = facts.reading.cover.year
    for line in facts.lines("pay"):
        month = line.values.get("month")
        if year and isinstance(month, date) and month.year != year:
            yield line.problem(
                "other_year",
                "month",
                _("Ce mois n'est pas de l'année de la couverture (%(year)d).") % {"year": year},
                _("Corrigez le mois, ou « %(label)s » de la feuille %(title)s.")
                % {"label": COVER["year"], "title": COVER_TITLE},
            )
