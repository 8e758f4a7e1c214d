"""What should have come and what came, under the amounts of the summary sheet."""

from reports.documents.workbook.book import Page, Value
from reports.documents.workbook.lines import eur
from reports.dossier import Dossier


def write_receipts(page: Page, dossier: Dossier) -> None:
    """Receipts of the exercise; their amounts stand in the third column."""
    page.say("Versements reçus pour l'exercice", "section")
    page.heads(("Référence bancaire", "Reçu le", "Montant", "Versement"), height=18)
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
        page.say("Rien n'a été reçu.", "subtitle")


def write_instalments(page: Page, dossier: Dossier) -> None:
    """Expected payments, what came of them, and the days late."""
    page.say("Versements attendus", "section")
    heads = ("Versement", "Attendu le", "Attendu", "N°", "Reçu", "Reçu le", "Jours de retard")
    page.heads(heads, height=18)
    for line in dossier.instalments:
        received: Value = line.received_on or "pas reçu"
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
        page.say("Aucun versement n'est attendu.", "subtitle")
