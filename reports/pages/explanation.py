"""Why a figure of a dossier is what it is: its steps in order, read from the dossier alone."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from django.utils.translation import ngettext

from backoffice.engine.claims.inputs import HEADS, INCOME
from backoffice.engine.fte import FteMonth, FteYear
from backoffice.engine.sheet import DAY, DAYS, EUR, HOURS, FigureUse, Sheet
from backoffice.engine.sheet import Step as SheetStep
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day, eur, hours, month_words
from backoffice.web.templatetags.money import fte as fte_text
from reports.documents.words import rule_text
from reports.dossier import Dossier, HeadLine, InvoiceLine
from reports.lines import HEAD_LABELS
from reports.templatetags.dossier import value_words

_CENTS = 100
_NAME = re.compile(r"[a-z_][a-z_0-9]*")


class NothingToExplain(LookupError):
    """The dossier has no such line, head or amount."""


@dataclass(frozen=True)
class Step:
    """One line of an explanation, ready to print; `result` marks what was asked for."""

    label: str
    text: str
    rule: str = ""
    article: str = ""
    figures: tuple[FigureUse, ...] = ()
    result: bool = False


@dataclass(frozen=True)
class Explanation:
    """What is explained, in words, and its steps."""

    title: str
    about: str
    steps: tuple[Step, ...]


def explain(dossier: Dossier, kind: str, name: str) -> Explanation:
    """The explanation of one figure.

    Args:
        dossier: the justification.
        kind: "lignes" (staff, by row), "factures" (by row), "rubriques" (by head), "montants".
        name: the row, the head or the amount.

    Raises:
        NothingToExplain: no such figure in the dossier.
    """
    try:
        return _KINDS[kind](dossier, name)
    except (KeyError, IndexError, ValueError) as error:
        raise NothingToExplain(f"{kind}/{name}") from error


def _staff(dossier: Dossier, name: str) -> Explanation:
    row = int(name)
    line = next(line for line in (*dossier.staff, None) if line is None or line.row == row)
    if line is None:
        raise KeyError(name)
    title = _("Travailleur %(worker)s, %(month)s") % {
        "worker": line.worker,
        "month": month_words(line.month),
    }
    about = _("%(name)s, poste %(post)s, %(function)s") % {
        "name": line.name,
        "post": line.post,
        "function": said(line.function),
    }
    return Explanation(title, about, tuple(_sheet_steps(dossier.staff_sheet, row)))


def _invoice(dossier: Dossier, name: str) -> Explanation:
    row = int(name)
    line = next(line for line in (*dossier.invoices, None) if line is None or line.row == row)
    if line is None:
        raise KeyError(name)
    title = _("Pièce %(piece)s") % {"piece": line.piece}
    about = _("%(supplier)s, %(day)s, %(description)s") % {
        "supplier": line.supplier,
        "day": day(line.issued_on),
        "description": line.description,
    }
    if line.head == "staff":
        about = f"{_who(line)}, {about}"
    share = share_text(line.share)
    first = (
        Step(_("Montant de la facture (TVAC)"), eur(line.total)),
        Step(
            _("Part mise sur la subvention"),
            share,
            rule=_("autres subventions : %s") % ", ".join(line.others) if line.others else "",
        ),
    )
    return Explanation(title, about, (*first, *_sheet_steps(dossier.invoice_sheet, row)))


def _who(line: InvoiceLine) -> str:
    """Who worked outside the payroll, in which function, for how many hours."""
    function = said(line.function) if line.function else _("fonction inconnue")
    spent = _("heures inconnues") if line.hours is None else f"{hours(line.hours)}\u202fh"
    return f"{line.person or _('personne inconnue')}, {function}, {spent}"


def share_text(share: Fraction) -> str:
    """A share as an exact percentage when it has at most two decimals, else as a fraction."""
    percent = share * 100
    if (percent * _CENTS).denominator != 1:
        return str(share)
    whole, decimals = divmod(int(percent * _CENTS), _CENTS)
    shown = f"{whole},{decimals:02d}".rstrip("0").rstrip(",")
    return f"{shown}\u202f%"


def _sheet_steps(sheet: Sheet, row: int) -> Iterator[Step]:
    steps = list(sheet.explain(row))
    for place, (column, step) in enumerate(zip(sheet.columns, steps, strict=True), start=1):
        yield Step(
            label=said(step.label),
            text=_cell(step, int(column.values[row])),
            rule=rule_text(step.rule),
            article=step.article,
            figures=(step.figure,) if step.figure else (),
            result=place == len(steps),
        )


def _cell(step: SheetStep, value: int) -> str:
    """One value of a sheet as people read it."""
    if step.name in _BY_NAME:
        return _BY_NAME[step.name](value)
    if step.unit in _BY_UNIT:
        return _BY_UNIT[step.unit](value)
    if "/" in step.text:
        return f"{step.text} ({fte_text(Fraction(step.text))})"
    return step.text.replace(".", ",")


def _day(ordinal: int) -> str:
    return day(date.fromordinal(ordinal)) if ordinal else _("non payée")


_BY_NAME: Mapping[str, Callable[[int], str]] = {
    "head": lambda index: said(HEAD_LABELS[HEADS[index]]),
}
_BY_UNIT: Mapping[str, Callable[[int], str]] = {
    EUR: eur,
    HOURS: lambda hundredths: f"{hours(hundredths)}\u202fh",
    DAY: _day,
    DAYS: lambda days: _("%s jours") % days,
}


def _head(dossier: Dossier, name: str) -> Explanation:
    head = {line.name: line for line in dossier.heads}[name]
    count = sum(1 for line in dossier.invoices if line.head == name)
    count += len(dossier.staff) if name == "staff" else 0
    words = ngettext("somme de %s ligne", "somme de %s lignes", count) % count
    steps = [Step(_("Présenté"), eur(head.presented), words)]
    if head.maximum is not None:
        steps.append(Step(_("Maximum"), eur(head.maximum), figures=_used(dossier, head.rule)))
    steps.append(Step(_("Admissible"), eur(head.admissible), rule_text(head.rule)))
    words = _("somme des lignes, ramenée à ce que la subvention paie au total")
    steps.append(Step(_("Payable"), eur(head.payable), words, result=True))
    return Explanation(_("Rubrique : %s") % said(head.label), _about(dossier), tuple(steps))


def _about(dossier: Dossier) -> str:
    return f"{dossier.cover.reference}, {dossier.cover.year}"


def _used(dossier: Dossier, rule: str) -> tuple[FigureUse, ...]:
    """The figures of the scheme that a rule names, as the dossier used them."""
    codes = {f"{dossier.cover.scheme}.{name}" for name in _NAME.findall(rule)}
    return tuple(use for use in dossier.figures if use.code in codes)


def _granted(dossier: Dossier) -> Iterator[Step]:
    amounts = dossier.amounts
    for use in _used(dossier, amounts.grant_rule):
        yield Step(said(use.label), value_words(use), figures=(use,))
    if dossier.grant_sheet is not None:
        yield from _volume(dossier.grant_sheet)
    if amounts.theoretical is not None and amounts.theoretical != amounts.granted:
        yield Step(_("Droit avant liquidation"), eur(amounts.theoretical))
    unknown = _("inconnu : un terme manque, voyez les contrôles")
    rule = rule_text(amounts.grant_rule) if amounts.grant_rule else unknown
    yield Step(_("Accordé"), eur(amounts.granted), rule, result=True)


def _volume(sheet: Sheet) -> Iterator[Step]:
    """What the right multiplies: months of approval, or the FTE of the posts by run of months."""
    if "month" not in sheet:
        yield from (replace(step, result=False) for step in _sheet_steps(sheet, 0))
        return
    for known, rows in groupby(range(len(sheet)), key=lambda row: _of_month(sheet, row)):
        run = [date.fromordinal(int(sheet["month"].values[row])) for row in rows]
        count = ngettext("%d mois", "%d mois", len(run)) % len(run)
        yield Step(_("ETP des postes, %s") % _months(run), fte_text(known[0]), count)
    year = FteYear.of_months(FteMonth(sheet["fte"].ratio(row)) for row in range(len(sheet)))
    words = _("ETP de chaque mois, additionnés, divisés par 12")
    yield Step(_("ETP sur l'année"), fte_text(year.value), words)


def _of_month(sheet: Sheet, row: int) -> tuple[Fraction, ...]:
    """The FTE of a month, then the amounts per FTE."""
    return tuple(column.ratio(row) for column in sheet.columns if column.name != "month")


def _months(run: Sequence[date]) -> str:
    return " \u2013 ".join(month_words(one) for one in dict.fromkeys((run[0], run[-1])))


def _presented(dossier: Dossier) -> Iterator[Step]:
    sums: dict[str, int] = {}
    for staff in dossier.staff:
        sums["staff"] = sums.get("staff", 0) + staff.presented
    for invoice in dossier.invoices:
        sums[invoice.head] = sums.get(invoice.head, 0) + invoice.presented
    for name in HEADS:
        if name in sums:
            yield Step(said(HEAD_LABELS[name]), eur(sums[name]))
    yield Step(_("Présenté"), eur(dossier.amounts.presented), _("somme"), result=True)


def _admissible(dossier: Dossier) -> Iterator[Step]:
    for head in dossier.heads:
        yield _head_step(dossier, head)
    if dossier.amounts.income:
        figures = tuple(use for use in dossier.figures if use.code.rpartition(".")[2] in INCOME)
        yield Step(_("Recettes à déduire"), eur(-dossier.amounts.income), figures=figures)
    yield Step(_("Admissible"), eur(dossier.amounts.admissible), _("somme"), result=True)


def _head_step(dossier: Dossier, head: HeadLine) -> Step:
    figures = _used(dossier, head.rule)
    return Step(said(head.label), eur(head.admissible), rule_text(head.rule), figures=figures)


def _payable(dossier: Dossier) -> Iterator[Step]:
    amounts = dossier.amounts
    yield Step(_("Accordé"), eur(amounts.granted))
    yield Step(_("Admissible"), eur(amounts.admissible))
    words = _("le plus petit des deux")
    yield Step(_("Payable"), eur(amounts.payable), words, result=True)


def _own_funds(dossier: Dossier) -> Iterator[Step]:
    amounts = dossier.amounts
    yield Step(_("Présenté"), eur(amounts.presented))
    yield Step(_("Payable"), eur(amounts.payable))
    if amounts.topped_up:
        yield Step(_("Payé par d'autres subventions sur les mêmes heures"), eur(amounts.topped_up))
        words = _("présenté moins payable, moins ce que d'autres subventions paient")
    else:
        words = _("présenté moins payable : ce qui reste à charge de l'employeur")
    yield Step(_("Fonds propres"), eur(amounts.own_funds), words, result=True)


def _advances(dossier: Dossier) -> Iterator[Step]:
    for line in dossier.receipts:
        label = _("Versement du %(day)s (%(reference)s)") % {
            "day": day(line.received_on),
            "reference": line.reference,
        }
        yield Step(label, eur(line.amount))
    words = _("somme des versements reçus au %s") % day(dossier.cover.as_of)
    yield Step(_("Avances reçues"), eur(dossier.amounts.advances), words, result=True)


def _balance(dossier: Dossier) -> Iterator[Step]:
    amounts = dossier.amounts
    yield Step(_("Payable"), eur(amounts.payable))
    yield Step(_("Avances reçues"), eur(amounts.advances))
    words = _("payable moins avances ; négatif : à rembourser")
    yield Step(_("Solde"), eur(amounts.balance), words, result=True)


AMOUNTS: Mapping[str, tuple[str, Callable[[Dossier], Iterator[Step]]]] = {
    "accorde": (mark("Accordé"), _granted),
    "presente": (mark("Présenté"), _presented),
    "admissible": (mark("Admissible"), _admissible),
    "payable": (mark("Payable"), _payable),
    "fonds-propres": (mark("Fonds propres"), _own_funds),
    "avances": (mark("Avances reçues"), _advances),
    "solde": (mark("Solde"), _balance),
}
"""Amount as it is named in an address -> its title and its steps."""


def _amount(dossier: Dossier, name: str) -> Explanation:
    title, steps = AMOUNTS[name]
    return Explanation(_(title), _about(dossier), tuple(steps(dossier)))


_KINDS: Mapping[str, Callable[[Dossier, str], Explanation]] = {
    "lignes": _staff,
    "factures": _invoice,
    "rubriques": _head,
    "montants": _amount,
}
