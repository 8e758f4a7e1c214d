"""After it is frozen: sent with a proof, then closed, recovered or corrected by a linked one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.federation.audit import because
from backoffice.federation.models import StoredFile
from backoffice.web.templatetags.money import eur
from grants.agenda import PIECES
from grants.models import Deadline, Receipt
from grants.services.deadlines import close_deadline
from reports.models import Decision, JustificationFile, State
from reports.workflow.preparing import open_correction
from reports.workflow.steps import MoveRefused, Outcome, Step, locked, record

_EVIDENCE = 200


@dataclass(frozen=True)
class Sending:
    """When it was sent and what proves it: a reference, a file, or both."""

    at: datetime
    reference: str = ""
    proof: StoredFile | None = None


@dataclass(frozen=True)
class Payment:
    """What settles a justification: a positive amount in EUR, whichever way it goes."""

    on: date
    amount: Decimal
    reference: str


@dataclass(frozen=True)
class Balance:
    """What is left once the funder has decided, in cents; None = unknown.

    `left` is still to come when positive, to give back when negative.
    """

    payable: int | None
    received: int

    @property
    def left(self) -> int | None:
        return None if self.payable is None else self.payable - self.received


@transaction.atomic
def send(*, step: Step, sending: Sending) -> Outcome:
    """Record that the frozen version was sent, and that the pieces due for the exercise are.

    A correction sent later leaves their deadline as it is, unless somebody has opened it again.

    Raises:
        MoveRefused: see `locked`; no proof; the time is before it was frozen or to come.
    """
    file = locked(step, "send")
    if not sending.reference.strip() and sending.proof is None:
        raise MoveRefused(_("Joignez la preuve d'envoi, ou indiquez sa référence."))
    if sending.at > timezone.now():
        raise MoveRefused(_("L'heure d'envoi est à venir : vérifiez-la."))
    frozen_at = file.justification.frozen_at if file.justification else None
    if frozen_at and sending.at < frozen_at.replace(second=0, microsecond=0):
        raise MoveRefused(_("L'heure d'envoi précède celle où la version a été figée."))
    file.sent_at, file.sent_proof = sending.at, sending.proof
    file.sent_reference = sending.reference.strip()
    _close_pieces(step, sending)
    return Outcome(record(file, State.SENT, step.by, file.sent_reference))


def _close_pieces(step: Step, sending: Sending) -> None:
    """What was sent is what the deadlines of pieces of the award and the exercise wait for."""
    waiting = Deadline.objects.filter(
        award=step.award, year=step.year, kind=PIECES, state=Deadline.State.OPEN
    )
    proof = sending.reference.strip() or (sending.proof.name if sending.proof else "")
    for row in waiting.order_by("due_on", "pk"):
        close_deadline(
            deadline=row,
            on=timezone.localdate(sending.at),
            evidence=proof[:_EVIDENCE],
            by=step.by,
            today=timezone.localdate(),
        )


def balance_of(file: JustificationFile) -> Balance:
    """What the decision leaves to receive or to give back, with all that came for the exercise."""
    return balances_of([file])[file.pk]


def balances_of(files: Sequence[JustificationFile]) -> dict[int | None, Balance]:
    """The balance of each of some justifications, by key; two queries, or none for none."""
    if not files:
        return {}
    decisions = Decision.objects.filter(file__in=[file.pk for file in files])
    payable = dict(decisions.values_list("file", "payable"))
    received: dict[tuple[int, int], int] = {}
    rows = Receipt.objects.filter(award__in={file.award_id for file in files})
    for award, year, amount in rows.values_list("award", "year", "amount"):
        received[award, year] = received.get((award, year), 0) + money.cents(amount)
    return {
        file.pk: Balance(
            None if (due := payable.get(file.pk)) is None else money.cents(due),
            received.get((file.award_id, file.year), 0),
        )
        for file in files
    }


@transaction.atomic
def close(*, step: Step, payment: Payment) -> Outcome:
    """Close a decided justification: its balance has come, or nothing was left.

    The payment becomes a receipt of the award.

    Raises:
        MoveRefused: see `locked`; money is to be given back, or the amount is not the balance,
            or the payment is a receipt already.
    """
    file = locked(step, "close")
    left = _left(file)
    if left < 0:
        raise MoveRefused(_("%s sont à rembourser : enregistrez la récupération.") % eur(-left))
    return Outcome(_settle(step, file, payment, left, State.CLOSED))


@transaction.atomic
def recover(*, step: Step, payment: Payment) -> Outcome:
    """Record that what was received above the decision was given back.

    Raises:
        MoveRefused: see `locked`; nothing is to be given back, or the amount is not the balance,
            or the payment is a receipt already.
    """
    file = locked(step, "recover")
    left = _left(file)
    if left >= 0:
        raise MoveRefused(_("Rien n'est à rembourser : clôturez le dossier."))
    return Outcome(_settle(step, file, payment, left, State.RECOVERED))


def _left(file: JustificationFile) -> int:
    left = balance_of(file).left
    if left is None:
        raise MoveRefused(
            _("Le montant payable n'est pas connu : encodez le montant accordé par la lettre.")
        )
    return left


def _settle(
    step: Step, file: JustificationFile, payment: Payment, left: int, to: str
) -> JustificationFile:
    """The payment of exactly what is left, kept as a receipt."""
    if payment.on > timezone.localdate():
        raise MoveRefused(_("Le paiement est d'un jour à venir : vérifiez la date."))
    if money.cents(payment.amount) != abs(left):
        raise MoveRefused(
            _(
                "Le solde est de %(left)s et non de %(amount)s : encodez d'abord les autres "
                "versements de l'exercice, ou corrigez le montant."
            )
            % {"left": eur(abs(left)), "amount": eur(payment.amount)}
        )
    if left:
        _receive(file, payment, left)
    file.settled_on, file.settled_amount = payment.on, payment.amount
    file.settled_reference = payment.reference.strip()
    return record(file, to, step.by, file.settled_reference)


def _receive(file: JustificationFile, payment: Payment, left: int) -> None:
    reference = payment.reference.strip()
    if not reference:
        raise MoveRefused(_("Indiquez la référence du paiement."))
    if Receipt.objects.filter(award=file.award, reference=reference).exists():
        raise MoveRefused(
            _(
                "Le versement %s est déjà encodé et compté dans ce qui a été reçu : le solde qui "
                "reste est autre."
            )
            % reference
        )
    Receipt.objects.create(
        award=file.award,
        year=file.year,
        reference=reference,
        received_on=payment.on,
        amount=money.euros(left),
    )


@transaction.atomic
def correct(*, step: Step, reason: str) -> Outcome:
    """Open the linked justification that will replace one that was sent; the former one stays.

    Raises:
        MoveRefused: see `locked`; or no reason is given.
    """
    file = locked(step, "correct")
    if not reason.strip():
        raise MoveRefused(_("Indiquez pourquoi la version envoyée est corrigée."))
    return Outcome(open_correction(file, step.by, reason.strip()))


def can_be_abandoned(file: JustificationFile) -> bool:
    """Whether it is a correction that nobody has ever said to be ready."""
    return file.corrects_id is not None and not file.moves.exists()


@transaction.atomic
def abandon(*, step: Step, reason: str) -> Outcome:
    """Take a correction back that nobody has said to be ready; the former one stands as it did.

    Raises:
        MoveRefused: see `locked`; it corrects nothing, it was ready once, or no reason is given.
    """
    file = locked(step, "abandon")
    former = file.corrects
    if former is None or not can_be_abandoned(file):
        raise MoveRefused(
            _("Seule une correction qui n'a jamais été déclarée prête peut être abandonnée.")
        )
    if not reason.strip():
        raise MoveRefused(_("Indiquez pourquoi la correction est abandonnée."))
    opened = former.moves.filter(to_state=State.CORRECTED).latest("pk")
    with because(reason.strip()):
        file.delete()
    return Outcome(record(former, opened.from_state, step.by, reason.strip()))
