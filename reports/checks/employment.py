"""The volume of employment that a decision asks for: VGE of the employer, VEP of the award."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from backoffice.engine.fte import FteYear
from backoffice.engine.periods import Period
from backoffice.engine.volume import (
    VolumeRule,
    VolumeYear,
    WorkingTime,
    lasting_reduction,
    shortfall,
    volume_year,
    yearly_volume,
)
from backoffice.web.templatetags.money import fte
from reports.checks.rule import Case
from reports.dossier import Check
from reports.volumes import vge_rule, working_times
from staffing.snapshots import hours_on_post


def vge_below_reference(case: Case) -> Iterator[Check]:
    """The employer's volume against its reference: missed, or below it and still tolerated.

    Suspended workers count. Earlier years count when they are paid in each of their months here.
    """
    if _term(case, "vge_reference", date(case.facts.year, 12, 31)) is None:
        return
    known = case.facts.known[case.claim.award.index]
    rule = vge_rule(known, date(case.facts.year, 12, 31))
    history = _history(case, rule)
    now = history[case.facts.year]
    if now.volume >= now.reference:
        return
    words = {
        "year": now.year,
        "volume": fte(now.volume.value),
        "reference": fte(now.reference.value),
        "floor": fte(now.floor.value),
    }
    reduction = lasting_reduction(history, now.year, rule)
    if reduction is not None:
        words |= {"first": reduction.years[0], "lasting": fte(reduction.lasting.value)}
        message = _(
            "VGE : %(volume)s ETP en %(year)s pour un minimum de %(floor)s (référence "
            "%(reference)s), manqué chaque année depuis %(first)s : la subvention est "
            "définitivement réduite de la baisse qui se répète, %(lasting)s ETP."
        )
    elif now.is_missed:
        message = _(
            "VGE : %(volume)s ETP en %(year)s pour un minimum de %(floor)s (référence "
            "%(reference)s, tolérance comprise)."
        )
    else:
        message = _(
            "VGE : %(volume)s ETP en %(year)s, sous la référence de %(reference)s et dans la "
            "tolérance (minimum %(floor)s)."
        )
    yield _check(
        case,
        ("vge_below_reference", "warning" if now.is_missed else "info"),
        f"vge:{now.year}:{now.volume.value}/{now.reference.value}",
        message % words,
    )


def vep_not_reached(case: Case) -> Iterator[Check]:
    """FTE assigned to the posts of the award over the year, against the least that it asks for."""
    minimum = _term(case, "vep_minimum", case.award.exercise.stop - timedelta(days=1))
    if minimum is None:
        return
    occupied = yearly_volume(_on_posts(case), case.facts.year)
    wanting = shortfall(occupied, minimum)
    if not wanting.value:
        return
    words = {
        "occupied": fte(occupied.value),
        "minimum": fte(minimum.value),
        "wanting": fte(wanting.value),
        "year": case.facts.year,
    }
    yield _check(
        case,
        ("vep_not_reached", "warning"),
        f"vep:{occupied.value}/{minimum.value}",
        _(
            "VEP : %(occupied)s ETP occupés en %(year)s pour %(minimum)s demandés, il manque "
            "%(wanting)s ETP. Seul le délai pour remplacer un travailleur parti y déroge."
        )
        % words,
    )


def _check(case: Case, what: tuple[str, str], subject: str, message: str) -> Check:
    code, level = what
    ongoing = case.facts.as_of < date(case.facts.year, 12, 31)
    return Check(
        code=code,
        level=level,
        subject=subject,
        who=case.award.row.reference,
        month="",
        message=message + (_(" L'année n'est pas finie.") if ongoing else ""),
        todo=_(
            "Vérifiez les contrats et les affectations, et la liste en ligne du Forem, puis "
            "acceptez nommément."
        ),
        article=_("Décret du 10 juin 2021 ; contrôle de l'année suivante par le Forem"),
    )


def _term(case: Case, name: str, day: date) -> FteYear | None:
    found = case.facts.known[case.claim.award.index].use_if_any(name, day)
    return None if found is None else FteYear(found[0])


def _history(case: Case, rule: VolumeRule) -> dict[int, VolumeYear]:
    """The years that are known, the exercise included, each against the reference of its day."""
    found = {}
    for year in sorted(case.facts.paid_years | {case.facts.year}):
        reference = _term(case, "vge_reference", date(year, 12, 31))
        if reference is not None:
            volume = yearly_volume(working_times(case.facts.staff.contracts), year)
            found[year] = volume_year(year, volume, reference, rule)
    return found


def _on_posts(case: Case) -> Iterator[WorkingTime]:
    """The hours held on the posts of the award, while the post and the contract last."""
    staff = case.facts.staff
    for assignment in staff.assignments:
        post = assignment.post
        if post.award_id != case.award.row.pk:
            continue
        life = Period.inclusive(post.starts_on, post.ends_on)
        held = life.overlap(Period.inclusive(assignment.starts_on, assignment.ends_on))
        for line in staff.contracts:
            if line.row.worker_id == assignment.worker_id:
                days = held.overlap(Period.inclusive(line.row.starts_on, line.row.ends_on))
                hours = hours_on_post(assignment, line)
                yield WorkingTime(line.worker, days, hours, line.full_time)
