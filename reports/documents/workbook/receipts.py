"""What should have come and what came, under the amounts of the summary sheet."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from reports.documents.workbook.book import Page, Value
from reports.documents.workbook.lines import eur
from reports.dossier import Dossier

_EXPECTED_HEADS = (
    *("Versement", "Attendu le", "Attendu", "N°", "Reçu", "Reçu le", "Jours de retard"),
)


def write_receipts(page: Page, dossier: Dossier) -> None:
    """Receipts of the exercise; their amounts stand in the third column."""
    page.say(_("Versements reçus pour l'exercice"), "section")
    page.heads(
        (mark("Référence bancaire"), mark("Reçu le"), mark("Montant"), mark("Versement")), height=18
    )
    for line in dossier.receipts:
        number: int | str = "\u2013" if line.instalment is None else line.instalment
        page.line(
            (
                (line.reference, "code"),
                (line.received_on, "day"),
                (eur(line.amount), "money"),
                (number, "count"),
            )
        )
    if not dossier.receipts:
        page.say(_("Rien n'a été reçu."), "subtitle")


def write_instalments(page: Page, dossier: Dossier) -> None:
    """Expected payments, what came of them, and the days late."""
    page.say(_("Versements attendus"), "section")
    page.heads(_EXPECTED_HEADS, height=18)
    for line in dossier.instalments:
        received: Value = line.received_on or _("pas reçu")
        page.line(
            (
                (line.kind, "code"),
                (line.due_on, "day"),
                (eur(line.expected), "money"),
                (line.number, "count"),
                (eur(line.received), "money"),
                (received, "day"),
                (line.late_days, "count"),
            )
        )
    if not dossier.instalments:
        page.say(_("Aucun versement n'est attendu."), "subtitle")
