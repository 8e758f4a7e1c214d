"""The justifications of an employer-year: read once, settle, check, and lay out as dossiers."""

from collections.abc import Iterable, Iterator
from datetime import date

from backoffice.engine.claims.claim import Claim
from backoffice.engine.claims.ledger import Ledger, settle
from backoffice.federation.models import Organisation
from grants.models import Award
from grants.snapshots import AwardFacts
from reports.checks.all_checks import Signed, run_checks
from reports.dossier import Amounts, Cover, Dossier
from reports.lines import (
    deadline_lines,
    detail_lines,
    evidence_lines,
    head_lines,
    instalment_lines,
    invoice_lines,
    last_day,
    receipt_lines,
    staff_lines,
)
from reports.models import SignOff
from reports.snapshots import YearFacts, year_facts, year_tables
from reports.worker_files import file_lines


def years_of(organisation: Organisation) -> list[int]:
    """Civil years with invoices or pay, newest first."""
    found = {day.year for day in organisation.invoices.dates("issued_on", "year")}
    months = organisation.workers.dates("pay_months__month", "year")
    return sorted(found | {day.year for day in months if day}, reverse=True)


def year_dossiers(organisation: Organisation, year: int, as_of: date) -> tuple[Dossier, ...]:
    """Every award of an employer-year as it stands on a day, by reference.

    The number of queries does not depend on the number of rows.
    """
    return tuple(_dossiers(year_facts(organisation, year, as_of)))


def federation_dossiers(
    organisations: Iterable[Organisation], year: int, as_of: date
) -> Iterator[tuple[Organisation, tuple[Dossier, ...]]]:
    """The same for many employers, one after the other: what they share is read once."""
    tables = year_tables(year)
    for organisation in organisations:
        yield organisation, tuple(_dossiers(year_facts(organisation, year, as_of, tables)))


def award_dossier(organisation: Organisation, reference: str, year: int, as_of: date) -> Dossier:
    """One award of an employer-year; the others are settled too, since they share its costs.

    Raises:
        Award.DoesNotExist: the organisation has no such award in that year.
    """
    facts = year_facts(organisation, year, as_of)
    for dossier in _dossiers(facts, only=reference):
        return dossier
    raise Award.DoesNotExist(f"{reference} ({year})")


def _dossiers(facts: YearFacts, only: str | None = None) -> Iterator[Dossier]:
    ledger, signed = settled(facts), sign_offs(facts)
    claims = {claim.award.index: claim for claim in ledger.claims}
    for index, award in enumerate(facts.awards):
        if only in {None, award.row.reference}:
            yield dossier_of(facts, ledger, claims[index], signed.get(award.row.pk, {}))


def settled(facts: YearFacts) -> Ledger:
    """The ledger of an employer-year."""
    return settle(facts.staff.pay, facts.slices, facts.inputs, facts.known)


def sign_offs(facts: YearFacts) -> dict[int, dict[str, Signed]]:
    """Who signed off what, by award and subject."""
    found: dict[int, dict[str, Signed]] = {}
    rows = SignOff.objects.filter(
        award__in=[award.row.pk for award in facts.awards], year=facts.year
    ).select_related("user")
    for row in rows.order_by("pk"):
        account = "" if row.user is None else row.user.get_username()
        found.setdefault(row.award_id, {})[row.subject] = Signed(row.signed_by, account)
    return found


def dossier_of(
    facts: YearFacts, ledger: Ledger, claim: Claim, signed: dict[str, Signed]
) -> Dossier:
    """Lay out one settled claim."""
    award = facts.awards[claim.award.index]
    staff = tuple(staff_lines(facts, claim))
    invoices = tuple(invoice_lines(facts, claim, award))
    receipts = receipt_lines(facts, award)
    instalments = tuple(instalment_lines(facts, award, receipts))
    return Dossier(
        cover=_cover(facts, award),
        amounts=_amounts(ledger, claim, sum(line.amount for line in receipts)),
        heads=tuple(head_lines(claim)),
        staff=staff,
        invoices=invoices,
        instalments=instalments,
        receipts=receipts,
        checks=run_checks(facts, claim, award, signed),
        evidence=tuple(evidence_lines(staff, invoices, tuple(file_lines(facts, award, staff)))),
        documents=award.scheme.documents,
        deadlines=tuple(deadline_lines(award, facts.year, facts.as_of)),
        figures=claim.uses,
        staff_sheet=claim.staff,
        invoice_sheet=claim.invoices,
        details=tuple(detail_lines(claim)),
        grant_sheet=None if claim.grant is None else claim.grant.volume,
    )


def _amounts(ledger: Ledger, claim: Claim, advances: int) -> Amounts:
    above = ledger.topped_up.get(claim.award.index, 0)
    balance = None if claim.payable is None else claim.payable - advances
    return Amounts(
        granted=claim.granted,
        theoretical=None if claim.grant is None else claim.grant.theoretical,
        presented=claim.presented,
        income=claim.income,
        admissible=claim.admissible,
        payable=claim.payable,
        topped_up=above,
        own_funds=None if claim.payable is None else claim.presented - claim.payable - above,
        advances=advances,
        balance=balance,
        recovery=None if balance is None else max(-balance, 0),
        grant_rule="" if claim.grant is None else claim.grant.rule,
    )


def _cover(facts: YearFacts, award: AwardFacts) -> Cover:
    organisation, row = facts.organisation, award.row
    approval = row.approval
    return Cover(
        organisation=organisation.name,
        enterprise_number=organisation.enterprise_number,
        address=organisation.address,
        iban=organisation.iban,
        signatory=organisation.contact,
        approval="" if approval is None else str(approval),
        analytical_account="" if approval is None else approval.analytical_account,
        funder=award.scheme.funder,
        scheme=award.scheme.code,
        scheme_label=award.scheme.label,
        reference=row.reference,
        label=row.label,
        letter_reference=row.letter_reference,
        letter_on=row.letter_on,
        notified_on=row.notified_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        year=facts.year,
        exercise_starts_on=award.exercise.start,
        exercise_ends_on=last_day(award),
        as_of=facts.as_of,
        final=False,
        version=0,
        demo=organisation.is_demo,
    )
