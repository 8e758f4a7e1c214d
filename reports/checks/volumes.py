"""The volumes of an approval's missions: below the least one, or not known.

The least volume is a condition of the approval, not of the payment of the costs: it never blocks a
justification.
"""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from backoffice.engine.sheet import FigureUse, decimal_text
from backoffice.federation.models import ActivityVolume
from backoffice.federation.vocabulary import Mission, VolumeUnit
from reports.checks.rule import Case
from reports.dossier import Check
from reports.lines import last_day


def volumes_below(case: Case) -> Iterator[Check]:
    """A mission done in a smaller volume than the approval asks for a year."""
    over, asked = case.facts.as_of >= case.award.exercise.stop, _asked(case)
    for row in _volumes(case):
        found = asked.get((row.mission, row.unit))
        if found is None or Fraction(row.volume) >= found[0]:
            continue
        words = (
            _("%(mission)s : %(done)s %(unit)s ; l'agrément en demande %(least)s.")
            if over
            else _("%(mission)s, à ce jour : %(done)s %(unit)s sur %(least)s demandés.")
        )
        yield Check(
            code="volume_below",
            level="warning",
            subject=f"volume:{row.mission}:{row.unit}:{decimal_text(Fraction(row.volume))}",
            who=_approval(case),
            month="",
            message=words
            % {
                "mission": Mission(row.mission).label,
                "done": _number(Fraction(row.volume)),
                "unit": VolumeUnit(row.unit).label,
                "least": _number(found[0]),
            },
            todo=_(
                "C'est une condition de l'agrément, pas du paiement : vérifiez le volume, puis "
                "acceptez nommément."
            ),
            article=found[1].source,
        )


def volumes_unknown(case: Case) -> Iterator[Check]:
    """No volume of the year is known, or a mission lacks one of the units that it is counted in."""
    asked, rows = _asked(case), {(row.mission, row.unit) for row in _volumes(case)}
    missions = {mission for mission, _unit in rows}
    lacking = [pair for pair in asked if pair[0] in missions and pair not in rows]
    if not asked or (rows and not lacking):
        return
    words = ", ".join(f"{Mission(m).label} ({VolumeUnit(u).label})" for m, u in lacking)
    yield Check(
        code="volume_unknown",
        level="info",
        subject=f"volumes:{','.join(f'{m}.{u}' for m, u in lacking)}",
        who=_approval(case),
        month="",
        message=_("Volumes d'activité de %(year)d inconnus : %(words)s.")
        % {"year": case.facts.year, "words": words or _("toutes les missions de l'agrément")},
        todo=_("Encodez les volumes de chaque mission agréée."),
        article=next(iter(asked.values()))[1].source,
    )


def _asked(case: Case) -> dict[tuple[str, str], tuple[Fraction, FigureUse]]:
    """The least volumes in force on the last day of the exercise, by mission and unit."""
    known, day = case.facts.known[case.claim.award.index], last_day(case.award)
    codes = {figure.code.partition(".")[2] for figure in case.award.scheme.figures}
    return {
        (mission, unit): found
        for mission in Mission.values
        for unit in VolumeUnit.values
        if (name := f"volume_{mission}_{unit}") in codes
        if (found := known.use_if_any(name, day)) is not None
    }


def _volumes(case: Case) -> list[ActivityVolume]:
    """The volumes of the year of the award's approval, by mission and unit."""
    rows = [
        row
        for approval in case.facts.approvals
        if approval.pk == case.award.row.approval_id
        for row in approval.volumes.all()
        if row.year == case.facts.year
    ]
    return sorted(rows, key=lambda row: (row.mission, row.unit))


def _approval(case: Case) -> str:
    approval = case.award.row.approval
    return case.award.row.reference if approval is None else approval.code


def _number(value: Fraction) -> str:
    return decimal_text(value).replace(".", ",")
