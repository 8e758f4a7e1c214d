"""Dossiers made by hand, coherent to the cent: what the documents are tried on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.sheet import (
    COUNT,
    DAY,
    EUR,
    HOURS,
    RATIO,
    Column,
    FigureUse,
    Sheet,
    labels,
)
from reports.dossier import (
    Amounts,
    Check,
    Cover,
    DeadlineLine,
    Dossier,
    EvidenceLine,
    HeadLine,
    InstalmentLine,
    InvoiceLine,
    ReceiptLine,
    StaffLine,
)

AS_OF = date(2025, 3, 17)
CEILING = FigureUse(
    code="demo.ceiling",
    label=labels("Plafond par ETP et par an", "Plafond per VTE en per jaar"),
    unit="EUR/FTE/year",
    since=date(2024, 1, 1),
    text="46607.60",
    decided=None,
    status="to_confirm",
    source="Lettre-DEMO du 5-12-2023",
    article="art. 4",
)
COEFFICIENT = FigureUse(
    code="index.coefficient",
    label=labels("Coefficient d'index", "Indexcoëfficiënt"),
    unit="ratio",
    since=date(2024, 6, 1),
    text="2.0807",
    decided=date(2024, 5, 2),
    status="confirmed",
    source="SPF BOSA",
)
HEAD_LABELS = {
    "staff": labels("Frais de personnel", "Personeelskosten"),
    "training": labels("Formation", "Vorming"),
    "running": labels("Fonctionnement", "Werking"),
}
CATEGORIES = {
    "running": ("Loyer et charges", "Huur en lasten"),
    "training": ("Formation", "Vorming"),
    "staff": ("Intérim", "Uitzendarbeid"),
}


def cover(**changes: Any) -> Cover:
    """A draft of a demonstration award."""
    plain = Cover(
        organisation="DEMO Les Marronniers ASBL",
        enterprise_number="0999000129",
        address="rue de l'Essai 1, 1000 Bruxelles",
        iban="BE49999000000171",
        signatory="Léa Exemple, directrice",
        approval="CASG-DEMO",
        analytical_account="100",
        funder={"fr": "Commission d'essai", "nl": "Testcommissie"},
        scheme="demo",
        scheme_label={"fr": "Régime d'essai", "nl": "Proefregeling"},
        reference="ESSAI-2024",
        label="Subvention d'essai",
        letter_reference="LETTRE-DEMO-1",
        letter_on=date(2023, 12, 5),
        notified_on=date(2023, 12, 12),
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        year=2024,
        exercise_starts_on=date(2024, 1, 1),
        exercise_ends_on=date(2024, 12, 31),
        as_of=AS_OF,
        final=False,
        version=0,
        demo=True,
    )
    return replace(plain, **changes)


def staff_lines(count: int) -> list[StaffLine]:
    """Workers of twelve months each; every third has amounts paid by another award."""
    lines = []
    for row in range(count):
        worker, month = divmod(row, 12)
        gross = 280_000 + 1_237 * worker + 11 * month
        charges, benefits = money.times_one(gross, Fraction(3240, 10000)), 15_011 + month
        deducted = 40_000 if worker % 3 == 2 else 0
        presented = gross + charges + benefits - deducted
        lines.append(
            StaffLine(
                row=row,
                worker=f"W{worker + 1:02d}",
                name=f"Prénom{worker + 1} Nom",
                post="SOC",
                function={"fr": "Fonction sociale", "nl": "Sociale functie"},
                month=2024 * 12 + month,
                days=30,
                hours=2500,
                full_time=3800,
                fte=Fraction(25, 38),
                gross=gross,
                charges=charges,
                benefits=benefits,
                deducted=deducted,
                presented=presented,
                admissible=presented - (1_007 if month == 3 else 0),
                payable=None,
                pay_evidence=f"CI-2024-{month + 1:02d}-W{worker + 1:02d}",
                contract_evidence=f"CONTRAT-W{worker + 1:02d}",
            )
        )
    return lines


def invoice_lines(count: int, outside: int = 0) -> list[InvoiceLine]:
    """Invoices of two heads, one in five split in thirds, the last without any evidence.

    The first `outside` ones are for people who are not on the payroll, one in two unnamed.
    """
    lines = []
    for row in range(count):
        head = "training" if row % 4 == 3 else "running"
        who: dict[str, Any] = {}
        if row < outside:
            head = "staff"
            function = labels("Accueil", "Onthaal")
            named = {"person": f"DEMO Intérimaire {row}", "function": function, "hours": 750}
            who = {} if row % 2 else named
        total = 18_225 + 2_503 * row
        share = Fraction(1, 3) if row % 5 == 4 else Fraction(1)
        part = money.times_one(total, share)
        fr, nl = CATEGORIES[head]
        lines.append(
            InvoiceLine(
                row=row,
                piece=f"A2024-{row + 1:03d}",
                issued_on=date(2024, row % 12 + 1, 5),
                supplier=f"DEMO Fournisseur {row % 7}",
                supplier_number="0999000228",
                number=f"2024/{row:05d}",
                description=f"DEMO {fr.lower()} {row % 12 + 1:02d}/2024",
                category={"fr": fr, "nl": nl},
                head=head,
                total=total,
                share=share,
                presented=part,
                admissible=part,
                payable=None,
                paid_on=date(2024, row % 12 + 1, 25),
                payment_reference=f"BANQUE-{row + 1:03d}",
                evidence="" if row == count - 1 else f"F-{row + 1:03d}",
                others=("COCOM-2024 2/3",) if share != 1 else (),
                **who,
            )
        )
    return lines


def dossier(staff: int = 24, invoices: int = 10, outside: int = 0, **changes: Any) -> Dossier:
    """A dossier whose heads, amounts, lines and sheets agree to the cent.

    The maximum of the running costs bounds them when there are some, and the grant bounds all.
    """
    workers, pieces = staff_lines(staff), invoice_lines(invoices, outside)
    heads = _heads(workers, pieces)
    admissible = sum(head.admissible for head in heads)
    presented = sum(line.presented for line in (*workers, *pieces))
    granted = admissible - 12_345
    staff_paid = money.allocate(granted, [head.admissible for head in heads])
    workers, pieces, heads = _paid(workers, pieces, heads, staff_paid)
    advances = granted - 500_000
    made = Dossier(
        cover=cover(),
        amounts=Amounts(
            granted=granted,
            theoretical=granted,
            presented=presented,
            income=0,
            admissible=admissible,
            payable=granted,
            topped_up=0,
            own_funds=presented - granted,
            advances=advances,
            balance=500_000,
            recovery=0,
            grant_rule="granted",
        ),
        heads=tuple(heads),
        staff=tuple(workers),
        invoices=tuple(pieces),
        instalments=(
            InstalmentLine(
                1, "avance", date(2024, 2, 15), advances, advances, date(2024, 3, 8), 22
            ),
            InstalmentLine(2, "solde", date(2025, 10, 31), 500_000, 0, None, 0),
        ),
        receipts=(
            ReceiptLine("EXTRAIT-1", date(2024, 3, 8), advances + 1_000, 1),
            ReceiptLine("EXTRAIT-2", date(2024, 4, 8), -1_000, None),
        ),
        checks=CHECKS,
        evidence=tuple(_evidence(workers, pieces)),
        documents=({"kind": "activity_report", "fr": "Rapport d'activité", "nl": "Verslag"},),
        deadlines=(
            DeadlineLine(
                date(2025, 4, 15),
                "pieces",
                labels("Pièces justificatives", "Bewijsstukken"),
                labels("Perte du solde", "Verlies van het saldo"),
                "Décret d'essai, art. 9",
                "confirmed",
            ),
        ),
        figures=(CEILING, COEFFICIENT),
        staff_sheet=_staff_sheet(workers),
        invoice_sheet=_invoice_sheet(pieces),
    )
    return replace(made, **changes)


CHECKS = (
    Check(
        code="invoice_without_evidence",
        level="error",
        subject="invoice:A2024-010",
        who="A2024-010",
        month="2024-10",
        message="La facture A2024-010 n'a pas de justificatif : elle ne peut pas être présentée.",
        todo="Ajoutez la référence du justificatif.",
        article="art. 12",
        amount=40_752,
    ),
    Check(
        code="figure_to_confirm",
        level="warning",
        subject="figure:demo.ceiling",
        who="demo.ceiling",
        month="",
        message="Le plafond est à confirmer.",
        todo="Faites-le accepter par une personne nommée.",
        signed_by="Léa Exemple",
    ),
)


def unknown(made: Dossier) -> Dossier:
    """The same dossier while a term is missing: nothing is known beyond what is presented."""
    none: dict[str, Any] = {"admissible": None, "payable": None}
    names = ("granted", "theoretical", "own_funds", "balance", "recovery")
    return replace(
        made,
        amounts=replace(made.amounts, **none, **dict.fromkeys(names), grant_rule=""),
        heads=(),
        staff=tuple(replace(line, **none) for line in made.staff),
        invoices=tuple(replace(line, payable=None) for line in made.invoices),
    )


def _heads(workers: Sequence[StaffLine], pieces: Sequence[InvoiceLine]) -> list[HeadLine]:
    found = []
    for name in HEADS[:3]:
        lines: list[Any] = [*workers] if name == "staff" else []
        lines += [piece for piece in pieces if piece.head == name]
        if lines:
            presented = sum(line.presented for line in lines)
            admitted = sum(line.admissible for line in lines)
            maximum = admitted - 4_321 if name == "running" else None
            rule = "min(presented, running_max)" if name == "running" else "full"
            least = admitted if maximum is None else maximum
            label = HEAD_LABELS[name]
            found.append(HeadLine(name, label, presented, admitted, maximum, least, None, rule))
    return found


def _paid(
    workers: list[StaffLine], pieces: list[InvoiceLine], heads: list[HeadLine], paid: list[int]
) -> tuple[list[StaffLine], list[InvoiceLine], list[HeadLine]]:
    by_head = {head.name: amount for head, amount in zip(heads, paid, strict=True)}
    for name, amount in by_head.items():
        own = workers if name == "staff" else []
        mine = [place for place, line in enumerate(pieces) if line.head == name]
        bases = [line.admissible or 0 for line in [*own, *(pieces[place] for place in mine)]]
        parts = money.allocate(amount, bases)
        if own:
            workers = [replace(one, payable=part) for one, part in zip(own, parts, strict=False)]
        for place, part in zip(mine, parts[len(own) :], strict=True):
            pieces[place] = replace(pieces[place], payable=part)
    return workers, pieces, [replace(head, payable=by_head[head.name]) for head in heads]


def _evidence(workers: Sequence[StaffLine], pieces: Sequence[InvoiceLine]) -> list[EvidenceLine]:
    found = [
        EvidenceLine("contract", worker, "", reference)
        for worker, reference in dict.fromkeys((w.worker, w.contract_evidence) for w in workers)
    ]
    found += [
        EvidenceLine("account", line.worker, f"2024-{line.month % 12 + 1:02d}", line.pay_evidence)
        for line in workers
    ]
    for line in pieces:
        found.append(EvidenceLine("invoice", line.piece, line.issued_on.isoformat(), line.evidence))
        day = line.issued_on.isoformat()
        found.append(EvidenceLine("payment", line.piece, day, line.payment_reference))
    return found


def _ints(values: Sequence[int | None]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([value or 0 for value in values], dtype=np.int64)


def _staff_sheet(lines: Sequence[StaffLine]) -> Sheet:
    def amounts(name: str, fr: str, rule: str) -> Column:
        values = _ints([getattr(line, name) for line in lines])
        return Column(name, labels(fr, fr), EUR, values, rule=rule)

    size = len(lines)
    return Sheet(
        (
            Column("hours", labels("Heures", "Uren"), HOURS, _ints([x.hours for x in lines])),
            Column(
                "fte",
                labels("ETP-mois payé", "Betaalde VTE-maand"),
                RATIO,
                _ints([line.fte.numerator for line in lines]),
                denominators=_ints([line.fte.denominator for line in lines]),
                rule="hours / full_time x days / month x paid / due",
            ),
            amounts("gross", "Brut", "cost x hours x days / contract"),
            amounts("presented", "Présenté", "eligible - deducted"),
            Column(
                "ceiling",
                labels("Plafond", "Plafond"),
                EUR,
                np.full(size, 4_660_760, dtype=np.int64),
                uses=(CEILING, COEFFICIENT),
                use=np.array([row % 3 - 1 for row in range(size)], dtype=np.int64),
                article="art. 4",
            ),
            amounts("admissible", "Admissible", "min(sum of presented, bound)"),
            amounts("payable", "Payable", "admissible, within the head and the grant"),
        )
    )


def _invoice_sheet(lines: Sequence[InvoiceLine]) -> Sheet:
    days = [0 if line.paid_on is None else line.paid_on.toordinal() for line in lines]
    heads = [HEADS.index(line.head) for line in lines]
    return Sheet(
        (
            Column("head", labels("Rubrique", "Rubriek"), COUNT, _ints(heads)),
            Column("paid", labels("Payée le", "Betaald op"), DAY, _ints(days)),
            Column(
                "presented",
                labels("Présenté", "Voorgelegd"),
                EUR,
                _ints([line.presented for line in lines]),
                rule="share of the invoice",
            ),
        )
    )
