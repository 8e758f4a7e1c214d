"""What is presented and not admitted: of another day, of a head not financed, before the letter."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.periods import Period
from backoffice.figures.vocabulary import expense_categories
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day, eur
from grants.snapshots import AwardFacts
from invoices.snapshots import InvoiceRow
from reports.checks.pieces import parts_of
from reports.checks.rule import Case
from reports.dossier import Check
from reports.lines import HEAD_LABELS

_CENTS = 100


def invoices_not_admitted(case: Case) -> Iterator[Check]:
    """An invoice presented but refused: other year, not paid in the period, head not financed."""
    for row, (part, invoice) in enumerate(parts_of(case)):
        if part.amount == 0 or int(case.claim.invoices["admissible"].values[row]) != 0:
            continue
        head = HEADS[int(case.claim.invoices["head"].values[row])]
        message, article = _why_refused(case, head, invoice)
        yield Check(
            code="invoice_not_admitted",
            level="warning",
            subject=f"refused:{invoice.piece}",
            who=invoice.piece,
            month=f"{invoice.issued_on:%Y-%m}",
            message=message,
            todo=_("Retirez la facture de cette subvention, ou corrigez sa date ou sa catégorie."),
            article=article,
            amount=part.amount,
        )


def _why_refused(case: Case, head: str, invoice: InvoiceRow) -> tuple[str, str]:
    """The reason in one sentence, and the article where one says it."""
    category = said(expense_categories()[invoice.category].label)
    first = case.award.not_before
    if case.claim.award.heads.get(head) == "excluded":
        return _("Ce régime ne finance pas la rubrique « %(head)s ».") % {
            "head": said(HEAD_LABELS[head])
        }, ""
    if invoice.category in case.claim.award.excluded:
        rule = case.award.scheme.costs[invoice.category]
        return _("Ce régime n'admet pas la catégorie « %(category)s ».") % {
            "category": category
        }, rule.source
    if not case.award.exercise.contains(invoice.issued_on):
        return _("La facture est d'une date hors de l'exercice."), ""
    if first is not None and invoice.issued_on < first:
        return _("La facture est d'avant la notification, le %(day)s.") % {
            "day": day(first)
        }, case.law("not_before_notification")
    most = case.award.number("small_item_max", case.facts.as_of)
    if head == "investment" and most is not None and abs(invoice.amount) > most * _CENTS:
        return _("Le prix dépasse le maximum d'un petit investissement (%(most)s).") % {
            "most": eur(int(most * _CENTS))
        }, case.award.row.letter_reference
    return _("La facture n'est pas payée dans la période de la subvention."), ""


def investment_of_the_year(case: Case) -> Iterator[Check]:
    """Several awards of a scheme that gives each year one threshold without own money."""
    if not _investment(case, case.award) or not _asks_own_money(case, case.award):
        return
    mine = [
        award
        for award in case.facts.awards
        if award.scheme is case.award.scheme and _investment(case, award)
    ]
    if len(mine) > 1:
        yield Check(
            code="investment_of_the_year",
            level="warning",
            subject=f"investment:{'+'.join(award.row.reference for award in mine)}",
            who=case.award.row.reference,
            month="",
            message=_(
                "Le seuil d'investissement sans cofinancement vaut par ASBL et par an : %(awards)s "
                "y prennent part ensemble, et chacune le compte ici pour elle seule."
            )
            % {
                "awards": _(" ; ").join(
                    f"{award.row.reference} ({eur(_investment(case, award))})" for award in mine
                )
            },
            todo=_("Répartissez le seuil entre elles par le terme « Investissement admis »."),
        )


def _investment(case: Case, award: AwardFacts) -> int:
    """Cents of investments charged to an award."""
    facts, categories = case.facts.invoices, expense_categories()
    return sum(
        part.amount
        for part in facts.parts_of(award.row.pk)
        if categories[facts.rows[part.invoice].category].head == "investment"
    )


def _asks_own_money(case: Case, award: AwardFacts) -> bool:
    written = award.number("investment_free", case.facts.as_of)
    return written is None and award.number("own_share_min", case.facts.as_of) is not None


def days_before_notification(case: Case) -> Iterator[Check]:
    """Days of an assignment before the notification: nothing of them is presented."""
    first = case.award.not_before
    if first is None or first <= case.award.exercise.start:
        return
    before = Period(case.award.exercise.start, min(first, case.award.exercise.stop))
    for assignment in case.facts.staff.assignments:
        mine = Period.inclusive(assignment.starts_on, assignment.ends_on).overlap(before)
        if assignment.post.award_id != case.award.row.pk or mine.is_empty:
            continue
        number = case.worker_number(assignment.worker_id)
        yield Check(
            code="days_before_notification",
            level="warning",
            subject=f"before:{number}:{assignment.post.code}:{mine.start.isoformat()}",
            who=number,
            month=f"{mine.start:%Y-%m}",
            message=_(
                "L'affectation au poste %(post)s commence avant la notification du %(day)s : "
                "%(count)s jours n'y sont pas présentés."
            )
            % {"post": assignment.post.code, "day": day(first), "count": mine.days},
            todo=_(
                "Commencez l'affectation à la notification ; si le Gouvernement a fait exception, "
                "encodez le terme « Dépenses admises avant la notification »."
            ),
            article=case.law("not_before_notification"),
        )
