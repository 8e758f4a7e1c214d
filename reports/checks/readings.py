"""A law that says two things about an exercise: the reading an award follows, and the others."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.sheet import decimal_text
from backoffice.web.templatetags.labels import said
from grants.pack import Reading
from grants.scheme import general_figures
from grants.terms import TERMS
from grants.year_rules import Moment
from reports.checks.rule import Case
from reports.documents.words import without_capital
from reports.dossier import Check
from reports.lines import function_label

_CHOSEN, _OPEN = "reading_chosen", "reading_to_choose"


def reading_to_choose(case: Case) -> Iterator[Check]:
    """An exercise that the law lets be read in several ways: signed off, or chosen by a term."""
    year, scheme = case.facts.year, case.award.scheme
    used = scheme.reading_of(year, case.award.moment)
    if used is None:
        return
    chosen = case.award.texts.get("reading") == used.code
    others = [one for one in scheme.readings if year in one.years and one is not used]
    yield Check(
        code=_CHOSEN if chosen else _OPEN,
        level="info" if chosen else "warning",
        subject=f"reading:{year}:{used.code}",
        who=case.award.row.reference,
        month="",
        message=_(
            "Le texte se lit de plusieurs façons pour %(year)s. Suivi ici : %(used)s. %(rest)s"
        )
        % {
            "year": year,
            "used": said(used.words),
            "rest": " ".join(_instead(case, used, other) for other in others),
        },
        todo=""
        if chosen
        else _("Demandez au pouvoir subsidiant, puis encodez le terme « %(term)s » (%(codes)s).")
        % {"term": said(TERMS["reading"].words), "codes": ", ".join(scheme.choices_of("reading"))},
        article=used.source,
    )


def _instead(case: Case, used: Reading, other: Reading) -> str:
    """What changes when the other reading is followed."""
    words = [
        *_days_differ(_due(case, used), _due(case, other)),
        *_days_differ(_paid(case, used), _paid(case, other)),
        *_days_differ(_frame(case, used), _frame(case, other)),
    ]
    return _("Avec « %(other)s » : %(differences)s.") % {
        "other": said(other.words),
        "differences": _(" ; ").join(words) or _("rien ne change"),
    }


def _days_differ(used: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*used, *other)):
        before, after = used.get(name, _("rien")), other.get(name, _("rien"))
        if before != after:
            yield _("%(name)s : %(after)s au lieu de %(before)s") % {
                "name": name,
                "after": after,
                "before": before,
            }


def _under(case: Case, reading: Reading) -> Moment:
    moment = case.award.moment
    return replace(moment, texts={**moment.texts, "reading": reading.code})


def _due(case: Case, reading: Reading) -> Mapping[str, str]:
    found = case.award.scheme.deadlines_of(case.facts.year, _under(case, reading))
    return {without_capital(said(rule.label)): _day(day) for day, rule in found}


def _paid(case: Case, reading: Reading) -> Mapping[str, str]:
    found = case.award.scheme.instalments_of(case.facts.year, _under(case, reading))
    parts = [
        _("%(share)s %% le %(day)s") % {"share": decimal_text(rule.share * 100), "day": _day(day)}
        for day, rule in found
        if rule.share is not None
    ]
    return {_("versements"): ", ".join(parts)}


def _frame(case: Case, reading: Reading) -> Mapping[str, str]:
    """FTE of the minimum frame on the first day of the exercise, by function."""
    first, found = case.award.exercise.start, dict[str, str]()
    for row in sorted(case.award.scheme.frame, key=lambda one: one.reading):
        if row.reading not in {"", reading.code}:
            continue
        try:
            value = general_figures().on(row.figure, first)
        except FigureNotDefined:
            continue
        name = _("cadre au %(day)s, %(function)s") % {
            "day": _day(first),
            "function": without_capital(said(function_label(row.function))),
        }
        found[name] = _("%(fte)s ETP") % {"fte": decimal_text(value.exact).replace(".", ",")}
    return found


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
