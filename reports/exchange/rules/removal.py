"""What the workbook no longer has and something else still needs: it cannot be removed."""

from collections.abc import Iterator, Mapping
from datetime import date

from backoffice.engine.periods import month_index, month_period
from backoffice.web.sentences import gettext as _
from backoffice.web.templatetags.money import month_words
from grants.models import Deadline
from reports.exchange.absences import absence
from reports.exchange.known import Key
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Fact, Facts, days, meet
from reports.exchange.sheets import BY_CODE, SHEETS, target, target_key
from reports.models import Justification, JustificationFile, SignOff
from staffing.models import PayMonth


def still_needed(facts: Facts) -> Iterator[Problem]:
    """A row to remove that a stored row, another year's pay or a frozen justification needs."""
    if not facts.removing or not any(facts.absent.values()):
        return
    yield from _named_by_stored_rows(facts)
    yield from _signed(facts)
    yield from _paid_in_other_years(facts)


def _named_by_stored_rows(facts: Facts) -> Iterator[Problem]:
    told: set[tuple[str, Key]] = set()
    for sheet in SHEETS:
        for column in sheet.columns:
            if not column.refers:
                continue
            named, codes = target(column), target_key(column)
            gone = facts.gone(named.code)
            for fact in facts.merged(sheet.code) if gone else ():
                key = tuple(fact.values.get(code) for code in codes)
                if fact.line is None and key in gone and (named.code, key) not in told:
                    told.add((named.code, key))
                    where = _("la feuille %(title)s (%(who)s)") % {
                        "title": sheet.title,
                        "who": fact.values.get(sheet.who) or "",
                    }
                    yield _needed(named.code, key, where + _(", pour une autre année"))


def _signed(facts: Facts) -> Iterator[Problem]:
    gone = facts.gone("awards")
    organisation = facts.known.organisation
    if not gone or organisation is None:
        return
    for reasons, what in (
        (Justification.objects, _("une justification figée")),
        (JustificationFile.objects, _("un dossier de justification commencé")),
        (SignOff.objects, _("un point de contrôle accepté")),
        (Deadline.objects.exclude(events=None), _("une échéance dont le suivi est commencé")),
    ):
        rows = reasons.filter(award__organisation=organisation)
        for reference in sorted(set(rows.values_list("award__reference", flat=True))):
            if (reference,) in gone:
                yield _needed("awards", (reference,), what)


def _paid_in_other_years(facts: Facts) -> Iterator[Problem]:
    workers, lines = facts.gone("workers"), facts.gone("contract_lines")
    organisation, year = facts.known.organisation, facts.reading.cover.year
    if organisation is None or not (workers or lines):
        return
    paid: dict[str, list[date]] = {}
    months = PayMonth.objects.filter(worker__organisation=organisation).exclude(month__year=year)
    for worker, month in months.order_by("month").values_list("worker__number", "month"):
        paid.setdefault(worker, []).append(month)
    kept = _contracts(facts.merged("contract_lines"))
    for key in sorted(workers, key=str):
        if found := paid.get(str(key[0])):
            yield _needed("workers", key, _pay(found[0]))
    for key in sorted(lines, key=str):
        row = facts.resources["contract_lines"].rows[key]
        own = _contracts([Fact(row, None)])
        for month in paid.get(str(key[0]), ()):
            if _covered(own, key[0], month) and not _covered(kept, key[0], month):
                yield _needed("contract_lines", key, _pay(month))
                break


def _contracts(facts: Iterator[Fact] | list[Fact]) -> dict[object, list[Fact]]:
    found: dict[object, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.values.get("worker"), []).append(fact)
    return found


def _covered(contracts: Mapping[object, list[Fact]], worker: object, month: date) -> bool:
    whole_month = month_period(month_index(month))
    periods = [days(fact.values) for fact in contracts.get(worker, ())]
    return any(period is not None and meet(period, whole_month) for period in periods)


def _pay(month: date) -> str:
    return _("la paie de %(month)s") % {"month": month_words(month)}


def _needed(sheet: str, key: Key, needed_by: str) -> Problem:
    row = absence(BY_CODE[sheet], key)
    return Problem(
        "still_needed",
        _("Cette ligne enregistrée (%(row)s) ne peut pas être supprimée : %(needed_by)s en dépend.")
        % {"row": " ".join((row.who, row.month, row.detail)).strip(), "needed_by": needed_by},
        _("Remettez la ligne dans le classeur, ou retirez d'abord ce qui en dépend."),
        who=row.who,
        month=row.month,
        sheet=row.sheet,
    )
