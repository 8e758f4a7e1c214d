"""Filters, closed lists and a column that several records share."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, F, Q, QuerySet, Sum, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.engine.periods import Period
from backoffice.federation.vocabulary import ApprovalKind
from backoffice.figures.vocabulary import expense_categories
from backoffice.web.folding import Fold, fold
from backoffice.web.templatetags.labels import label
from backoffice.web.templatetags.money import day, eur, share
from grants.scheme import schemes
from grants.terms import TERMS, BadTerm, TermKind, read_day, read_number
from reports.exchange.choices import REGIMES
from reports.pages.listed import SCALES, of_parts, scaled
from reports.pages.standing import State
from reports.records.record import EVERY_FEMININE, Asked, Choice, Column, Options, Rows, Total

IN_FORCE = {
    "present": (_("En cours"), "done"),
    "past": (_("Terminé"), "draft"),
    "coming": (_("À venir"), "warning"),
}


def fixed(pairs: Iterable[tuple[str, Any]]) -> Callable[[Rows], Options]:
    """Options that do not depend on the rows."""
    known = list(pairs)
    return lambda _rows: known


def named(labels: Callable[[], Mapping[str, str]]) -> Callable[[], Options]:
    """The codes of a vocabulary behind their names, by name."""
    return lambda: sorted(labels().items(), key=lambda pair: fold(pair[1]) or "")


def by_value(
    name: str, words: Any, kind: type[TextChoices], path: str = "", every: Any = EVERY_FEMININE
) -> Choice:
    """A filter by one value of a closed list."""
    return Choice(
        name, words, fixed(kind.choices), lambda value, _asked: Q(**{path or name: value}), every
    )


def award_column() -> Column:
    """The reference of the award of a row, above its label."""
    return Column(
        "subvention",
        _("Subvention"),
        lambda row: row.award.reference,
        sort=Fold(F("award__reference")),
        below=lambda row: (row.award.label,),
        width=24,
    )


def by_award(path: str = "award") -> Choice:
    """A filter by the award that the rows belong to."""

    def references(rows: Rows) -> Options:
        names = rows.order_by(f"{path}__reference").values_list(f"{path}__reference", flat=True)
        return [(one, one) for one in names.distinct()]

    return Choice(
        "subvention",
        _("Subvention"),
        references,
        lambda value, _asked: Q(**{f"{path}__reference": value}),
        _("Toutes"),
    )


def by_approval_kind(path: str = "approval") -> Choice:
    """A filter by the kind of approval."""
    return Choice(
        "agrement",
        _("Agrément"),
        fixed((kind, kind) for kind in ApprovalKind.values),
        lambda value, _asked: Q(**{f"{path}__kind": value}),
    )


def by_force() -> Choice:
    """A filter by what is in force today."""

    def where(value: str, _asked: Any) -> Q:
        today = timezone.localdate()
        begun = Q(starts_on__lte=today)
        ended = Q(ends_on__isnull=False, ends_on__lt=today)
        return {"present": begun & ~ended, "past": ended, "coming": ~begun}[value]

    pairs = [(code, words) for code, (words, _tone) in IN_FORCE.items()]
    return Choice("etat", _("État"), fixed(pairs), where)


def force_of(row: Any) -> tuple[State, ...]:
    """Whether a row with two days is in force today."""
    today = timezone.localdate()
    code = "coming" if row.starts_on > today else "present"
    if row.ends_on is not None and row.ends_on < today:
        code = "past"
    words, tone = IN_FORCE[code]
    return (State(tone, str(words)),)


def days_of(row: Any) -> str:
    """The days of a row, as one line."""
    return f"{day(row.starts_on)} \u2013 {day(row.ends_on) if row.ends_on else _('sans fin')}"


def scheme_labels() -> dict[str, str]:
    """The schemes, in the language of the page."""
    return {code: label(scheme.label) for code, scheme in schemes().items()}


def scheme_label(code: str) -> str:
    """A scheme in words; an unknown one by its code."""
    scheme = schemes().get(code)
    return label(scheme.label) if scheme else code


def category_labels() -> dict[str, str]:
    """The expense categories, in the language of the page."""
    return {code: label(one.label) for code, one in expense_categories().items()}


def category_label(code: str) -> str:
    """A category in words; an unknown one by its code."""
    one = expense_categories().get(code)
    return label(one.label) if one else code


def term_labels() -> dict[str, str]:
    """The terms of an award, in the language of the page."""
    return {code: label({"fr": term.fr, "nl": term.nl}) for code, term in TERMS.items()}


def term_label(code: str) -> str:
    """A term in words; an unknown one by its code."""
    term = TERMS.get(code)
    return label({"fr": term.fr, "nl": term.nl}) if term else code


def term_words(code: str, text: str) -> str:
    """The text of a term as people read it: an amount and a part as such, the rest as written."""
    kind = TERMS[code].kind if code in TERMS else TermKind.CODE
    try:
        if kind is TermKind.EUR:
            return eur(int(read_number(code, text) * 100))
        if kind is TermKind.RATIO:
            return share(read_number(code, text))
        return day(read_day(text)) if kind is TermKind.DAY else text
    except BadTerm:
        return text


def regime_labels() -> dict[str, str]:
    """The index regimes of wages."""
    return {code: str(words) for code, words in REGIMES.items()}


def touching(period: Period | None) -> Q:
    """The rows with two days that touch a period; all of them without one."""
    if period is None:
        return Q()
    ends = Q(ends_on__isnull=True) | Q(ends_on__gte=period.start)
    return Q(starts_on__lt=period.stop) & ends


def in_force(on: date) -> Q:
    """The rows with two days that are in force on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def total_in_force(
    name: str, path: str, kind: str
) -> Callable[[Rows, Asked, Mapping[str, Any]], Mapping[str, Total]]:
    """The sum of a column over the rows in force on the day looked from, never over several years.

    Args:
        name: the column of the list.
        path: the column of the database.
        kind: hours or fte.
    """

    def totals(found: Rows, asked: Asked, _sums: Mapping[str, Any]) -> Mapping[str, Total]:
        parts = found.filter(in_force(asked.day)).aggregate(sum=Sum(scaled(path, SCALES[kind])))
        said = State("", str(_("en vigueur au %(day)s") % {"day": day(asked.day)}))
        return {name: Total(of_parts(kind, parts["sum"] or 0), (said,))}

    return totals


def fte_in_force(lines: Rows, on: date) -> Fraction:
    """Working time, Q over S, of the contract lines in force on a day, summed exactly."""
    times = (
        lines.filter(in_force(on))
        .order_by()
        .values("weekly_hours", "full_time_hours")
        .annotate(lines=Count("pk"))
        .values_list("weekly_hours", "full_time_hours", "lines")
    )
    return sum((Fraction(q) / Fraction(s) * n for q, s, n in times), Fraction(0))


def exists(rows: QuerySet[Any]) -> Q:
    """Whether a row of an inner query exists."""
    return Q(Exists(rows))


def years(first: date, last: date | None) -> dict[str, int]:
    """The years between two days, as a filter of frozen justifications."""
    return {"year__gte": first.year, **({"year__lte": last.year} if last else {})}
