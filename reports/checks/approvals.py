"""The approval behind an award: its kind, its days, its seat, and who works for another one."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import Period, add_months, year_period
from backoffice.federation.models import Approval, Site
from reports.checks.rule import Case
from reports.dossier import Check

_MONTHS = 12


def approval_of_the_scheme(case: Case) -> Iterator[Check]:
    """The award hangs on an approval that the scheme finances."""
    wanted = case.award.scheme.approvals
    approval = case.award.row.approval
    if wanted and (approval is None or approval.kind not in wanted):
        yield Check(
            code="approval_of_the_scheme",
            level="error",
            subject="approval",
            who=case.award.row.reference,
            month="",
            message=_("Ce régime finance un agrément %(wanted)s ; la subvention n'y est pas liée.")
            % {"wanted": ", ".join(wanted)},
            todo=_("Liez la subvention à l'agrément."),
        )


def approval_for_part_of_the_year(case: Case) -> Iterator[Check]:
    """A scheme that grants by month of approval, and an approval that lacks some of them."""
    approval = case.award.row.approval
    if approval is None or not case.award.scheme.options.get("approval_months"):
        return
    covered = Period.inclusive(approval.starts_on, approval.ends_on)
    months = len(covered.overlap(year_period(case.facts.year)).months())
    counted = case.claim.grant is not None and case.claim.grant.rule != "granted"
    if months < _MONTHS:
        yield Check(
            code="approval_for_part_of_the_year",
            level="info" if counted else "warning",
            subject=f"approval_months:{months}",
            who=approval.code,
            month="",
            message=_(
                "L'agrément %(code)s couvre %(months)s mois de %(year)s sur 12 : ce régime accorde "
                "la subvention au prorata des mois d'agrément."
            )
            % {"code": approval.code, "months": months, "year": case.facts.year},
            todo=_("Le montant d'une année entière est déjà ramené à ces mois.")
            if counted
            else _("Vérifiez que le montant accordé est celui de ces mois, puis acceptez."),
            article=case.award.scheme.options["approval_months"],
        )


def approval_ended_by_a_move(case: Case) -> Iterator[Check]:
    """A seat that moves within an approval that ends, by law, with the change of address."""
    approval, article = case.award.row.approval, case.award.scheme.options.get("ends_on_move")
    if approval is None or not article:
        return
    covered = Period.inclusive(approval.starts_on, approval.ends_on)
    seats = [site for site in approval.sites.all() if site.kind == Site.Kind.SEAT]
    seats.sort(key=lambda site: (site.starts_on, site.code))
    for left, new in pairwise(seats):
        within = covered.contains(new.starts_on) and new.starts_on > approval.starts_on
        if within and not _same_place(left, new) and new.starts_on < case.award.exercise.stop:
            yield _ended(case, approval, new, article)
            return


def _same_place(one: Site, other: Site) -> bool:
    """Whether two sites have the same written address; one that is not written tells nothing."""
    return _compact(one.address) == _compact(other.address) != ""


def _compact(address: str) -> str:
    return " ".join(address.casefold().replace(",", " ").split())


def _ended(case: Case, approval: Approval, new: Site, article: str) -> Check:
    exercise, granted = case.award.exercise, case.claim.granted
    before = len(exercise.overlap(Period(approval.starts_on, new.starts_on)).months())
    at_stake = None
    if granted is not None:
        at_stake = granted - money.times_one(granted, Fraction(before, len(exercise.months())))
    return Check(
        code="approval_ended_by_a_move",
        level="warning",
        subject=f"moved:{new.code}:{new.starts_on.isoformat()}",
        who=approval.code,
        month=f"{new.starts_on:%Y-%m}",
        message=_(
            "Le siège change d'adresse le %(day)s (%(site)s) : l'agrément prend fin de plein droit "
            "ce jour-là. L'octroi des mois suivants est en jeu."
        )
        % {"day": f"{new.starts_on:%d/%m/%Y}", "site": new.name},
        todo=_(
            "Encodez la fin de l'agrément et le nouvel agrément, puis liez-y la subvention ; "
            "acceptez nommément si l'autorité a maintenu l'agrément par écrit."
        ),
        article=article,
        amount=at_stake,
    )


def approval_too_long(case: Case) -> Iterator[Check]:
    """An approval encoded for longer than the law allows, or without the end it must have."""
    approval, name = case.award.row.approval, case.award.scheme.options.get("approval_max")
    if approval is None or not name:
        return
    years, use = case.facts.known[case.claim.award.index].use(name, case.award.exercise.start)
    after = add_months(approval.starts_on, _MONTHS * int(years))
    if approval.ends_on is not None and approval.ends_on < after:
        return
    words = _("L'agrément court depuis le %(first)s et n'a pas de fin encodée.")
    if approval.ends_on is not None:
        words = _("L'agrément court du %(first)s au %(last)s.")
    yield Check(
        code="approval_too_long",
        level="warning",
        subject=f"approval_end:{approval.code}:{approval.ends_on}",
        who=approval.code,
        month="",
        message=f"{words} {_('La loi le limite à %(years)s ans.')}"
        % {
            "first": f"{approval.starts_on:%d/%m/%Y}",
            "last": approval.ends_on and f"{approval.ends_on:%d/%m/%Y}",
            "years": years,
        },
        todo=_("Encodez sa vraie fin, et chaque renouvellement comme un agrément de plus."),
        article=use.source,
    )


def shared_workers(case: Case) -> Iterator[Check]:
    """Workers of the award who hold, the same year, posts of awards of another approval."""
    if case.award.row.approval is None:
        return
    mine = {case.worker_of(case.facts.slice_facts[int(row)].pay) for row in case.claim.rows}
    awards = {award.row.pk: award for award in case.facts.awards}
    others: dict[tuple[str, str], set[str]] = {}
    for assignment in case.facts.staff.assignments:
        worker = case.worker_number(assignment.worker_id)
        other = awards.get(assignment.post.award_id)
        if worker not in mine or other is None or other.row.approval is None:
            continue
        days = Period.inclusive(assignment.starts_on, assignment.ends_on).overlap(other.exercise)
        if other.row.approval_id != case.award.row.approval_id and not days.is_empty:
            key = worker, other.row.approval.code
            others.setdefault(key, set()).add(other.row.reference)
    for (worker, approval), references in sorted(others.items()):
        yield Check(
            code="shared_worker",
            level="info",
            subject=f"shared:{worker}:{approval}",
            who=worker,
            month="",
            message=_("Travaille aussi cette année pour l'agrément %(approval)s (%(references)s).")
            % {"approval": approval, "references": ", ".join(sorted(references))},
            todo=_("Le temps de travail de chaque agrément doit se lire dans les affectations."),
        )


def analytical_account_shared(case: Case) -> Iterator[Check]:
    """Another approval of the employer, in force on a same day, bears the same account."""
    mine = case.award.row.approval
    if mine is None or "analytical_account" not in case.award.scheme.options:
        return
    year = year_period(case.facts.year)
    days = Period.inclusive(mine.starts_on, mine.ends_on).overlap(year)
    others = [
        one.code
        for one in case.facts.approvals
        if one.pk != mine.pk and one.analytical_account == mine.analytical_account
        if not Period.inclusive(one.starts_on, one.ends_on).overlap(days).is_empty
    ]
    if others:
        yield Check(
            code="analytical_account_shared",
            level="warning",
            subject=f"analytical:{mine.analytical_account}:{','.join(others)}",
            who=mine.code,
            month="",
            message=_("Le compte analytique %(account)s est aussi celui de %(others)s.")
            % {"account": mine.analytical_account, "others": ", ".join(others)},
            todo=_("Donnez à chaque agrément son compte analytique."),
            article=case.award.scheme.options["analytical_account"],
        )


def analytical_account_without_costs(case: Case) -> Iterator[Check]:
    """The trial balance of the year has no cost under the analytical account of the approval."""
    mine, costs = case.award.row.approval, case.facts.analytical_costs
    if mine is None or costs is None or "analytical_account" not in case.award.scheme.options:
        return
    if mine.analytical_account not in costs:
        yield Check(
            code="analytical_account_without_costs",
            level="warning",
            subject=f"analytical_costs:{mine.analytical_account}",
            who=mine.code,
            month="",
            message=_(
                "La balance de %(year)d n'a aucun coût (classe 6) sous le compte analytique "
                "%(account)s de l'agrément."
            )
            % {"year": case.facts.year, "account": mine.analytical_account},
            todo=_("Imputez les coûts de l'agrément à son compte, ou corrigez ce compte."),
            article=case.award.scheme.options["analytical_account"],
        )
