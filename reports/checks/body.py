"""A body that represents a sector: the least that it is granted, and its share of staff costs."""

from collections.abc import Iterator, Mapping

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import year_period
from backoffice.engine.sheet import FigureUse, decimal_text
from backoffice.web.templatetags.money import eur
from grants.terms import read_yes_no
from reports.checks.rule import Case
from reports.dossier import Check
from reports.lines import last_day

_CENTS = 100


def granted_below_minimum(case: Case) -> Iterator[Check]:
    """Less is granted for a whole year than the law lets the funder grant, before any indexation.

    The option `granted_min` of the scheme names its floors, each with the yes-or-no term that adds
    it; a floor without a term always counts.
    """
    floors: Mapping[str, str] = case.award.scheme.options.get("granted_min", {})
    granted = case.claim.granted
    if not floors or granted is None or case.award.exercise != year_period(case.facts.year):
        return
    known, texts = case.facts.known[case.claim.award.index], case.award.texts
    found = [
        known.use(name, last_day(case.award))
        for name, term in floors.items()
        if not term or read_yes_no(texts.get(term, "non"))
    ]
    least = sum(
        money.round_ratio(value.numerator * _CENTS, value.denominator) for value, _ in found
    )
    if granted < least:
        yield Check(
            code="granted_below_minimum",
            level="warning",
            subject=f"granted_min:{granted}:{least}",
            who=case.award.row.reference,
            month="",
            message=_("%(granted)s accordés pour un minimum légal de %(least)s, avant indexation.")
            % {"granted": eur(granted), "least": eur(least)},
            todo=_(
                "Demandez la différence au pouvoir subsidiant, ou corrigez le terme de la lettre."
            ),
            article=" ; ".join(use.source for _, use in found),
            amount=least - granted,
        )


def staff_share_projected(case: Case) -> Iterator[Check]:
    """During the year: at the pace of the months paid so far, staff costs will miss their share.

    Measured on the whole amount granted, since the rest of the year may still bring other costs.
    """
    claim, exercise = case.claim, case.award.exercise
    if not case.award.scheme.options.get("staff_share_min") or case.facts.as_of >= exercise.stop:
        return
    paid = case.facts.staff.pay.month[case.facts.slices.pay[claim.rows]]
    if claim.granted is None or not claim.heads or not len(paid):
        return
    months = list(exercise.months())
    so_far = int(np.max(paid)) - months[0] + 1
    staff = sum(head.admissible for head in claim.heads if head.name == "staff")
    projected = money.round_ratio(staff * len(months), so_far)
    share, use = case.facts.known[claim.award.index].use("staff_share_min", last_day(case.award))
    wanted = money.times_one(claim.granted, share)
    if projected >= wanted:
        return
    yield Check(
        code="staff_share_projected",
        level="warning",
        subject=f"staff_projected:{projected}:{wanted}",
        who=case.award.row.reference,
        month="",
        message=_(
            "Au rythme des %(so_far)s premiers mois (%(staff)s), l'année justifierait "
            "%(projected)s de frais de personnel ; pour garder tout l'octroi il en faut %(wanted)s "
            "(%(share)s %%)."
        )
        % {
            "so_far": so_far,
            "staff": eur(staff),
            "projected": eur(projected),
            "wanted": eur(wanted),
            "share": decimal_text(share * 100),
        },
        todo=_("Affectez d'autres travailleurs à la subvention avant la fin de l'année."),
        article=use.source,
        amount=wanted - projected,
    )


def staff_share_below_minimum(case: Case) -> Iterator[Check]:
    """Staff costs justify less of the payable subsidy than the law asks: blocks once it is over."""
    claim, payable = case.claim, case.claim.payable
    if not case.award.scheme.options.get("staff_share_min") or not payable:
        return
    known = case.facts.known[claim.award.index]
    share, use = known.use("staff_share_min", last_day(case.award))
    staff = min(payable, sum(head.admissible for head in claim.heads if head.name == "staff"))
    wanted = money.times_one(payable, share)
    payroll = min(staff, claim.staff.total("admissible"))
    if staff >= wanted > payroll:
        yield _rests_on_outside(case, payroll, wanted, use)
    if staff >= wanted:
        return
    over = case.facts.as_of >= case.award.exercise.stop
    yield Check(
        code="staff_share_below_minimum",
        level="error" if over else "warning",
        subject=f"staff_share:{staff}:{payable}",
        who=case.award.row.reference,
        month="",
        message=_(
            "Les frais de personnel admis justifient %(staff)s sur %(payable)s payables ; il en "
            "faut %(wanted)s (%(share)s %%)."
        )
        % {
            "staff": eur(staff),
            "payable": eur(payable),
            "wanted": eur(wanted),
            "share": decimal_text(share * 100),
        },
        todo=_(
            "Affectez d'autres travailleurs à la subvention, ou présentez moins d'autres frais."
        ),
        article=use.source,
        amount=wanted - staff,
    )


def _rests_on_outside(case: Case, payroll: int, wanted: int, use: FigureUse) -> Check:
    """People outside the payroll count as staff costs here: a reading that nobody confirmed."""
    return Check(
        code="staff_share_rests_on_outside",
        level="warning",
        subject=f"staff_share_outside:{payroll}:{wanted}",
        who=case.award.row.reference,
        month="",
        message=_(
            "Le minimum de frais de personnel (%(wanted)s) n'est atteint qu'avec des personnes "
            "hors paie : les salariés seuls en justifient %(payroll)s."
        )
        % {"wanted": eur(wanted), "payroll": eur(payroll)},
        todo=_(
            "Demandez au pouvoir subsidiant si ces personnes comptent, puis acceptez nommément."
        ),
        article=use.source,
        amount=wanted - payroll,
    )
