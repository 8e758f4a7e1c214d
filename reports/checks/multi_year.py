"""A subsidy of several years: its periods, their evaluation, and what must have come before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from backoffice.engine.claims.grants import computed_right
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.periods import add_months
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day, eur
from grants.models import Award
from grants.pack import EVALUATIONS
from grants.scheme import schemes
from grants.services.amendments import term_on
from reports.checks.rule import Case
from reports.dossier import Check

_MONTHS = 12


@dataclass(frozen=True)
class Ended:
    """The last day of a period, and the award whose terms tell its evaluation."""

    on: date
    award: Award


def period_of_the_law(case: Case) -> Iterator[Check]:
    """An award that does not last as long as the law says: a first period, then extensions."""
    if not _is_multi_year(case):
        return
    row = case.award.row
    allowed = _ends(case, row.ends_on or row.starts_on)
    if row.ends_on in allowed:
        return
    first, then = case.award.scheme.options["period_years"]
    words = _(
        "La subvention court du %(first_day)s au %(last_day)s ; la loi prévoit %(first)s ans, puis "
        "des prolongations de %(then)s ans. Une période finirait le %(expected)s."
    ) % {
        "first_day": day(row.starts_on),
        "last_day": day(row.ends_on) if row.ends_on else _("jour inconnu"),
        "first": first,
        "then": then,
        "expected": day(allowed[-1]),
    }
    todo = _(
        "Vérifiez les dates de la lettre. Une prolongation est une subvention qui reconduit la "
        "précédente (colonne « Reconduit »), ou la même jusqu'à un jour plus lointain."
    )
    yield _finding(case, "multi_year_period", "warning", (words, todo))


def evaluations(case: Case) -> Iterator[Check]:
    """Each period that ends in the exercise, and the last one that ended before it."""
    if not _is_multi_year(case):
        return
    ended = _ended(case)
    past = [one for one in ended if one.on < case.award.exercise.start]
    for one in (*past[-1:], *(one for one in ended if case.award.exercise.contains(one.on))):
        yield from _evaluation(case, one)


def _evaluation(case: Case, ended: Ended) -> Iterator[Check]:
    """Due, absent, negative, or positive with conditions; a positive one is no finding."""
    known = [term for term in ended.award.terms.all() if term.decided_on <= case.facts.as_of]
    rows = sorted(known, key=lambda term: (term.starts_on, term.decided_on))
    term = term_on(rows, "evaluation", ended.on)
    told = {"day": day(ended.on)}
    if term is None:
        yield _not_evaluated(case, ended)
    elif term.value == "negative":
        extended = ended.on < case.award.exercise.start
        words = _("La période qui prend fin le %(day)s est évaluée négativement (%(letter)s).")
        told["letter"] = term.letter_reference
        todo = _("Une évaluation négative exclut la prolongation : rien ne se justifie après.")
        level = "error" if extended else "warning"
        subject = f"evaluation_negative:{ended.on.isoformat()}"
        yield _finding(case, subject, level, (words % told, todo))
    elif term.value == "conditions":
        words = _("La période qui prend fin le %(day)s est évaluée : %(words)s (%(letter)s).")
        told |= {"words": EVALUATIONS["conditions"], "letter": term.letter_reference}
        todo = _("Vérifiez que les conditions de l'évaluation sont remplies.")
        subject = f"evaluation_conditions:{ended.on.isoformat()}"
        yield _finding(case, subject, "info", (words % told, todo))


def _not_evaluated(case: Case, ended: Ended) -> Check:
    """Due while the period still runs, absent once it is over."""
    todo = _("Encodez le terme « Évaluation de la période », du premier au dernier jour évalué.")
    told = {"day": day(ended.on)}
    if case.facts.as_of <= ended.on:
        words = _("La période prend fin le %(day)s : l'activité doit être évaluée.")
        return _finding(
            case, f"evaluation_due:{ended.on.isoformat()}", "info", (words % told, todo)
        )
    words = _("L'évaluation de la période qui a pris fin le %(day)s n'est pas connue.")
    subject = f"evaluation_absent:{ended.on.isoformat()}"
    return _finding(case, subject, "warning", (words % told, todo))


def earlier_subsidies(case: Case) -> Iterator[Check]:
    """Fewer years of earlier subsidies of the same authority than the law asks; what was found."""
    wanted, row = case.award.scheme.options.get("earlier_years"), case.award.row
    if wanted is None or _former(case) or not case.award.exercise.contains(row.starts_on):
        return
    found = {
        award.reference: years
        for award in case.facts.earlier
        if _outside_approvals(award, row) and (years := _years_before(award, row))
    }
    if len({year for years in found.values() for year in years}) >= wanted:
        return
    listed = _(" ; ").join(
        f"{reference} ({', '.join(map(str, years))})" for reference, years in found.items()
    )
    words = _(
        "La loi demande %(wanted)s années de subvention antérieure du même pouvoir pour la même "
        "activité. Trouvé ici : %(found)s."
    ) % {"wanted": wanted, "found": listed or _("rien")}
    todo = _("Encodez les subventions antérieures, ou acceptez nommément avec leurs références.")
    yield _finding(case, "earlier_subsidies", "warning", (words, todo))


def amount_of_the_formula(case: Case) -> Iterator[Check]:
    """The amount that a letter writes for the exercise is not the one of the December index."""
    grant = case.claim.grant
    if not _is_multi_year(case) or grant is None or grant.rule != "granted":
        return
    try:
        right = computed_right(case.claim.award, case.facts.known[case.claim.award.index])
    except FigureNotDefined:
        return
    if right.granted != grant.granted:
        words = _(
            "La lettre accorde %(written)s ; la formule (montant de la première année, indices de "
            "décembre) donne %(computed)s."
        ) % {"written": eur(grant.granted), "computed": eur(right.granted)}
        todo = _("Demandez l'indexation au pouvoir subsidiant, ou acceptez nommément.")
        check = _finding(case, f"amount_of_the_formula:{right.granted}", "warning", (words, todo))
        yield replace(check, amount=right.granted - grant.granted)


def activity_under_approval(case: Case) -> Iterator[Check]:
    """The award hangs on an approval that another scheme already finances."""
    approval = case.award.row.approval
    if not _is_multi_year(case) or approval is None:
        return
    paying = [said(one.label) for one in schemes().values() if approval.kind in one.approvals]
    if paying:
        words = _(
            "La subvention est liée à l'agrément %(code)s, que finance déjà : %(schemes)s. "
            "L'activité ne peut pas relever d'un agrément assorti de subventions."
        ) % {"code": approval.code, "schemes": _(" ; ").join(paying)}
        todo = _("Vérifiez que l'activité est une autre que celle de l'agrément, puis acceptez.")
        yield _finding(case, "activity_under_approval", "warning", (words, todo))


def _is_multi_year(case: Case) -> bool:
    return "period_years" in case.award.scheme.options


def _former(case: Case) -> Award | None:
    """The award of the same scheme that this one extends."""
    wanted = case.award.row.renews_id, case.award.row.scheme
    return next((one for one in case.facts.earlier if (one.pk, one.scheme) == wanted), None)


def _ends(case: Case, until: date) -> list[date]:
    """Last days of the periods of the award, up to the first one not before `until`."""
    first, then = case.award.scheme.options["period_years"]
    years = then if _former(case) else first
    found: list[date] = []
    while not found or found[-1] < until:
        found.append(add_months(case.award.row.starts_on, _MONTHS * years) - timedelta(days=1))
        years += then
    return found


def _ended(case: Case) -> list[Ended]:
    """The periods that end by the end of the exercise, that of the former award first."""
    row, former = case.award.row, _former(case)
    last = case.award.exercise.stop - timedelta(days=1)
    before = [Ended(former.ends_on, former)] if former and former.ends_on else []
    return [*before, *(Ended(one, row) for one in _ends(case, last) if one <= last)]


def _years_before(award: Award, row: Award) -> list[int]:
    """The years of an award before the one in which another begins."""
    last = row.starts_on.year - 1
    if award.ends_on is not None:
        last = min(last, award.ends_on.year)
    return list(range(award.starts_on.year, last + 1))


def _outside_approvals(award: Award, row: Award) -> bool:
    """Whether the same authority granted another award, outside any approval."""
    one, other = schemes()[award.scheme], schemes()[row.scheme]
    return award.pk != row.pk and one.authority == other.authority and not one.approvals


def _finding(case: Case, subject: str, level: str, words: tuple[str, str]) -> Check:
    """A finding on the award, told in words and in what to do, with the law of its scheme."""
    return Check(
        code=subject.partition(":")[0],
        level=level,
        subject=subject,
        who=case.award.row.reference,
        month="",
        message=words[0],
        todo=words[1],
        article=next(one.source for one in case.award.scheme.rules if one.section == "life"),
    )
