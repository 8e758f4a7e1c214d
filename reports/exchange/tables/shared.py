"""The columns that several sheets share."""

from dataclasses import replace

from reports.exchange.columns import (
    Column,
    Kind,
    Sign,
    added,
    choice,
    identifier,
    reference,
)

AWARD = reference("award", "Subvention", "Référence d'une subvention.", "awards.reference")
LINKED_AWARD = replace(AWARD, help="Référence d'une subvention ; peut rester vide.", required=False)
ACCOUNT = identifier("account", "Compte", "Compte du plan comptable, par exemple 700.", 12)
WORKER = reference("worker", "Travailleur", "Numéro d'un travailleur.", "workers.number")
LETTER = identifier(
    "letter_reference", "Référence de la lettre", "Référence de la lettre ou décision.", 120
)


def approval(*, required: bool) -> Column:
    """The approval that a row belongs to; blank, when it may be, means the whole employer."""
    note = "Code d'un agrément." if required else "Code d'un agrément ; vide : toute l'association."
    return reference("approval", "Agrément", note, "approvals.code", required=required)


def hours(code: str, header: str, note: str, sign: Sign) -> Column:
    """Hours with hundredths."""
    return Column(code, header, note, Kind.HOURS, sign=sign)


def amount(header: str, note: str, sign: Sign = Sign.ANY) -> Column:
    """An amount in EUR."""
    return Column("amount", header, note, Kind.AMOUNT, sign=sign)


def quarter() -> Column:
    """A quarter of the ONSS."""
    return Column("quarter", "Trimestre", "AAAA-T1 à AAAA-T4, par exemple 2024-T1.", Kind.QUARTER)


def exercise() -> Column:
    """The year that an amount is for."""
    return Column("year", "Exercice", "Année que le montant concerne.", Kind.YEAR)


def number(note: str) -> Column:
    """A number in a series of its own."""
    return Column("number", "Numéro", note, Kind.INTEGER, sign=Sign.NOT_NEGATIVE)


def evidence(note: str) -> Column:
    """The reference of the document that proves the row."""
    return identifier("evidence", "Pièce justificative", note, 80, required=False)


def nature(note: str) -> Column:
    """Whether a supplier or a customer is a natural person; a blank says nothing."""
    words = f"{note} Vide : ce qui est déjà dit reste."
    return added(choice("nature", "Nature", words, "natures", required=False), since=5)
