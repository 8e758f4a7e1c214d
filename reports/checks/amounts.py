"""What the rules cut, what is above the grant or left unused, and money that comes late."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from django.utils.translation import gettext as _

from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import eur
from grants.services.instalments import expected_for
from reports.checks.rule import Case
from reports.dossier import Check
from reports.lines import HEAD_LABELS, instalment_lines, receipt_lines

_CENTS = 100


def scale_not_admitted(case: Case) -> Iterator[Check]:
    """Workers paid on a scale that the letter does not admit: none of their pay counts."""
    admitted = case.claim.award.scales
    if not case.claim.award.scale_bound or admitted is None:
        return
    refused: dict[str, int] = {}
    for row in case.claim.rows:
        source = case.facts.slice_facts[int(row)]
        if source.contract.row.scale not in admitted:
            refused.setdefault(case.worker_of(source.pay), source.pay)
    for worker, pay in sorted(refused.items()):
        yield Check(
            code="scale_not_admitted",
            level="warning",
            subject=f"scale:{worker}",
            who=worker,
            month=case.month_of(pay),
            message=_(
                "Le barème du contrat n'est pas admis par la lettre : le brut ne compte pas."
            ),
            todo=_("Corrigez le barème du contrat, ou complétez le terme « Barèmes admis »."),
        )


def cost_cut_by_scale(case: Case) -> Iterator[Check]:
    """Pay above the scale, in euros."""
    if "within_scale" in case.claim.staff:
        sheet = case.claim.staff
        cut = sheet.total("eligible") - sheet.total("within_scale")
        if cut > 0:
            yield _info(case, "cost_cut_by_scale", _("Coût au-dessus du barème admis."), cut)


def cost_cut_by_frame(case: Case) -> Iterator[Check]:
    """FTE above the posts of the award, in euros."""
    if "within_frame" in case.claim.staff:
        sheet = case.claim.staff
        before = "within_scale" if "within_scale" in sheet else "eligible"
        cut = sheet.total(before) - sheet.total("within_frame")
        if cut > 0:
            yield _info(case, "cost_cut_by_frame", _("Coût des ETP au-dessus du cadre."), cut)


def cost_above_bound(case: Case) -> Iterator[Check]:
    """Cost above the amount per FTE (ceiling or premium), in euros."""
    if "group_bound" in case.claim.staff:
        sheet = case.claim.staff
        cut = sheet.total("presented") - sheet.total("admissible")
        if cut > 0:
            words = _("Coût au-dessus du montant par ETP : il reste à charge de l'employeur.")
            yield _info(case, "cost_above_bound", words, cut)


def heads_above_maximum(case: Case) -> Iterator[Check]:
    """A head presented above its maximum."""
    for head in case.claim.heads:
        cut = head.presented - head.admissible
        if head.maximum is not None and head.maximum < head.presented and cut > 0:
            label = said(HEAD_LABELS[head.name])
            words = _("%(head)s : %(presented)s présentés pour un maximum de %(maximum)s.") % {
                "head": label,
                "presented": eur(head.presented),
                "maximum": eur(head.maximum),
            }
            yield _info(case, "head_above_maximum", words, cut)


def grant_not_used(case: Case) -> Iterator[Check]:
    """Less is admissible than granted: the rest is lost, or given back when already received."""
    claim = case.claim
    if claim.granted is None or claim.payable is None or claim.payable >= claim.granted:
        return
    yield Check(
        code="grant_not_used",
        level="warning",
        subject=f"unused:{claim.granted - claim.payable}",
        who=case.award.row.reference,
        month="",
        message=_("Il manque %(amount)s de coûts admissibles pour utiliser tout l'octroi.")
        % {"amount": eur(claim.granted - claim.payable)},
        todo=_("Vérifiez si d'autres coûts admissibles de l'exercice peuvent être présentés."),
        amount=claim.granted - claim.payable,
    )


def instalments_late(case: Case) -> Iterator[Check]:
    """Money that came, or is still to come, after its day."""
    receipts = receipt_lines(case.facts, case.award)
    for line in instalment_lines(case.facts, case.award, receipts):
        if line.late_days == 0:
            continue
        waiting = line.received < line.expected
        message = _("Tranche %(number)s due le %(due)s : %(state)s, %(days)s jours de retard.") % {
            "number": line.number,
            "due": f"{line.due_on:%d/%m/%Y}",
            "state": _("toujours attendue") if waiting else _("reçue"),
            "days": line.late_days,
        }
        yield Check(
            code="instalment_late",
            level="info",
            subject=f"instalment:{line.number}",
            who=case.award.row.reference,
            month=f"{line.due_on:%Y-%m}",
            message=message,
            todo=_("Relancez le pouvoir subsidiant.") if waiting else "",
            amount=line.expected - line.received if waiting else line.expected,
        )


def instalments_not_recorded(case: Case) -> Iterator[Check]:
    """A day on which the scheme pays a share and for which no instalment is recorded."""
    year = case.facts.year
    recorded = {one.due_on for one in case.award.row.instalments.all() if one.year == year}
    known = case.facts.known[case.claim.award.index]
    payments = expected_for(case.award, case.claim.granted, known)
    amounts = {one.due_on: one.amount for one in payments}
    granted = None if case.claim.granted is None else Fraction(case.claim.granted, _CENTS)
    rules = case.award.scheme.instalments_of(year, case.award.moment, granted)
    for due_on, rule in rules:
        if due_on not in recorded:
            yield Check(
                code="instalment_not_recorded",
                level="info",
                subject=f"schedule:{due_on.isoformat()}",
                who=case.award.row.reference,
                month=f"{due_on:%Y-%m}",
                message=_(
                    "Le régime prévoit « %(label)s » le %(due)s ; aucune tranche ne l'annonce."
                )
                % {"label": said(rule.label), "due": f"{due_on:%d/%m/%Y}"},
                todo=_("Encodez la tranche attendue."),
                article=rule.source,
                amount=amounts.get(due_on),
            )


def negative_months(case: Case) -> Iterator[Check]:
    """Corrections that make a worker-month negative: they reduce what is claimed."""
    presented = case.claim.staff["presented"].values
    for row in np.flatnonzero(presented < 0):
        source = case.facts.slice_facts[int(case.claim.rows[row])]
        yield Check(
            code="negative_month",
            level="info",
            subject=f"negative:{case.worker_of(source.pay)}:{case.month_of(source.pay)}",
            who=case.worker_of(source.pay),
            month=case.month_of(source.pay),
            message=_("Le coût du mois est négatif : il diminue le montant présenté."),
            todo="",
            amount=int(presented[row]),
        )


def _info(case: Case, code: str, message: str, amount: int) -> Check:
    return Check(
        code=code,
        level="info",
        subject=code,
        who=case.award.row.reference,
        month="",
        message=message,
        todo="",
        amount=amount,
    )
