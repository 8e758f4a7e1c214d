"""One case per record: how a row comes to be, what a person types, and what she mistypes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.factories import (
    ActivityVolumeFactory,
    AmendmentFactory,
    ApprovalFactory,
    ApprovedPositionFactory,
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    InstalmentFactory,
    InvoiceFactory,
    PostFactory,
    ReceiptFactory,
    SalesInvoiceFactory,
    SiteFactory,
    SupplierFactory,
    TermFactory,
    VentilationFactory,
    WorkerDocumentFactory,
    WorkerFactory,
)
from tests.reports.views.conftest import Service

REASON = "Erreur d'encodage"


@dataclass(frozen=True)
class Case:
    """A record.

    Args:
        slug: its name.
        add: makes the n-th row of a service.
        text: what finds the rows of `add`.
        typed: what a person types for a new row of a service.
        wrong: a field, what is typed in it, and a part of what is said.
        change: a field and another value.
        shown: what the page of the changed row says.
        total: the words of the total of three rows.
    """

    slug: str
    add: Callable[[Service, int], Any]
    text: str = ""
    typed: Callable[[Service], Mapping[str, Any]] | None = None
    wrong: tuple[tuple[str, str, str], ...] = ()
    change: tuple[str, str] = ("", "")
    shown: str = ""
    total: str = ""
    noise: Mapping[str, Any] = field(default_factory=dict)


def approval(service: Service) -> Any:
    return ApprovalFactory(organisation=service.organisation)


def worker(service: Service, n: int) -> Any:
    number, name = f"Z{n:02d}", f"Zénon {n:02d}"
    return WorkerFactory(organisation=service.organisation, number=number, name=name)


def supplier(service: Service, n: int) -> Any:
    return SupplierFactory(organisation=service.organisation, code=f"Z{n:02d}", name="Zénobie")


def invoice(service: Service, n: int) -> Any:
    return InvoiceFactory(
        organisation=service.organisation,
        supplier=service.organisation.suppliers.first(),
        piece=f"ZED-{n:02d}",
        amount=Decimal("0.10"),
    )


CASES = (
    Case(
        "workers",
        worker,
        "zenon",
        lambda _service: {"number": "W90", "name": "Zoé 🌻 Lefèvre"},
        (("name", "", "À remplir"), ("number", "W01", "existe déjà")),
        ("name", "Zoé Lefèvre-Martin"),
        "Zoé Lefèvre-Martin",
        "0,00 inconnu",
    ),
    Case(
        "contract_lines",
        lambda service, n: ContractLineFactory(worker=worker(service, n)),
        "zenon",
        lambda service: {
            "worker": worker(service, 90).pk,
            "starts_on": "01/03/2024",
            "ends_on": "31.12.2024",
            "kind": "fixed",
            "status": "employee",
            "function": "social",
            "diploma": "bachelor",
            "weekly_hours": "19",
            "full_time_hours": "38,00",
            "joint_committee": "332.00.20",
            "scale": "332.00.20-ADMIN",
            "scale_column": "gradue",
            "seniority_on": "01/09/1988",
            "index_regime": "public",
        },
        (
            ("weekly_hours", "300 %", "n'est pas un nombre"),
            ("starts_on", "01/01/1900", "entre 1990 et 2100"),
            ("starts_on", "bientôt", "jj/mm/aaaa"),
            ("full_time_hours", "10", "entre 0 et le temps plein"),
            ("ends_on", "29/02/2024", "précède la date de début"),
            ("index_regime", "lune", "Choisissez dans la liste"),
            ("scale", "🎉", "Choisissez dans la liste"),
            ("scale_column", "abc", "gradue (Gradué (bachelier))"),
            ("joint_committee", "999", "comme 329.02"),
        ),
        ("weekly_hours", "28,5"),
        "28,5",
        "3,00",
    ),
    Case(
        "assignments",
        lambda service, n: AssignmentFactory(
            worker=worker(service, n), post=service.post, weekly_hours=Decimal("12.50")
        ),
        "zenon",
        lambda service: {
            "worker": ContractLineFactory(worker=worker(service, 90)).worker_id,
            "post": service.post.pk,
            "starts_on": "2024-03-01",
            "weekly_hours": "12,5",
            "reason": "Décision du bureau",
        },
        (("weekly_hours", "-4", "supérieures à zéro"), ("worker", "999999", "dans la liste")),
        ("weekly_hours", "7"),
        "7",
        "37,50",
    ),
    Case(
        "worker_documents",
        lambda service, n: WorkerDocumentFactory(worker=worker(service, n)),
        "zenon",
        lambda service: {
            "worker": worker(service, 90).pk,
            "kind": "diploma",
            "reference": "DIPLÔME-1",
            "dated_on": "30/06/2010",
            "level": "bachelor",
        },
        (("dated_on", "45/13/2010", "jj/mm/aaaa"), ("months", "beaucoup", "pas un nombre")),
        ("reference", "DIPLÔME-2"),
        "DIPLÔME-2",
    ),
    Case(
        "awards",
        lambda service, n: AwardFactory(
            organisation=service.organisation, reference=f"ZED-{n:02d}"
        ),
        "zed",
        lambda _service: {
            "reference": "COCOF-90",
            "scheme": "cocof_casg",
            "label": "Agrément",
            "letter_reference": "LETTRE-90",
            "letter_on": "01/12/2023",
            "notified_on": "05/12/2023",
            "starts_on": "01/01/2024",
            "ends_on": "",
        },
        (
            ("scheme", "yachts", "Choisissez dans la liste"),
            ("letter_on", "", "laissez les trois vides"),
        ),
        ("label", "Agrément renouvelé"),
        "Agrément renouvelé",
        "inconnu 3 sans montant écrit",
    ),
    Case(
        "terms",
        lambda service, n: TermFactory(
            award=service.award,
            starts_on=date(2023, 1, 1) + timedelta(days=n),
            letter_reference="ZED",
        ),
        "zed",
        lambda service: {
            "award": service.award.pk,
            "code": "granted",
            "value": "51 000,00",
            "starts_on": "01/06/2024",
            "decided_on": "15/05/2024",
            "letter_reference": "LETTRE-9",
            "status": "confirmed",
        },
        (("value", "beaucoup", "pas un nombre"), ("status", "missing", "dans la liste")),
        ("value", "52000"),
        "52000",
    ),
    Case(
        "amendments",
        lambda service, n: AmendmentFactory(
            award=service.award, number=n + 1, letter_reference="ZED"
        ),
        "zed",
    ),
    Case(
        "posts",
        lambda service, n: PostFactory(
            award=service.award, code=f"ZED{n:02d}", fte=Decimal("0.3333")
        ),
        "zed",
        lambda service: {
            "award": service.award.pk,
            "code": "P90",
            "function": "social",
            "fte": "0,5",
            "starts_on": "01/01/2024",
        },
        (("fte", "1,23456", "après la virgule"), ("fte", "0", "supérieur à zéro")),
        ("fte", "0,75"),
        "0,75",
        "0,9999",
    ),
    Case(
        "instalments",
        lambda service, n: InstalmentFactory(
            award=service.award, year=2023, number=n + 1, amount=Decimal("0.10")
        ),
        "maribel",
        lambda service: {
            "award": service.award.pk,
            "year": "2024",
            "number": "9",
            "kind": "balance",
            "due_on": "30/06/2025",
            "amount": "1.234,50 €",
        },
        (("amount", "beaucoup", "pas un nombre"), ("year", "1900", "entre 1990 et 2100")),
        ("amount", "1 300"),
        "1300,00",
        "0,30",
        {"exercice": "2023"},
    ),
    Case(
        "receipts",
        lambda service, n: ReceiptFactory(
            award=service.award, reference=f"ZED-{n:02d}", amount=Decimal("-0.10")
        ),
        "zed",
        lambda service: {
            "award": service.award.pk,
            "year": "2024",
            "reference": "EXT-90",
            "received_on": "10/04/2024",
            "amount": "-12,5",
        },
        (("amount", "0", "ne peut pas être nul"), ("reference", "EXT-1", "existe déjà")),
        ("amount", "99"),
        "99,00",
        "\u22120,30",
    ),
    Case(
        "invoices",
        invoice,
        "zed",
        lambda service: {
            "piece": "A-90",
            "supplier": service.organisation.suppliers.first().pk,
            "number": "2024/90",
            "issued_on": "15/02/2024",
            "description": "=Fournitures",
            "category": "office",
            "amount": "1 000,00",
            "award_0": service.award.pk,
            "part_0": "25 %",
            "own_part": "750 €",
        },
        (
            ("amount", "mille", "pas un nombre"),
            ("piece", "A-W01", "existe déjà"),
            ("own_part", "700 €", "il manque 50,00"),
            ("part_0", "1.250,00 €", "dépasse la facture"),
            ("part_0", "300 %", "entre 0 et 100 %"),
            ("award_0", "", "Choisissez la subvention"),
        ),
        ("description", "Papier"),
        "Papier",
        "0,30",
    ),
    Case(
        "ventilations",
        lambda service, n: VentilationFactory(invoice=invoice(service, n), award=service.award),
        "zed",
    ),
    Case(
        "suppliers",
        supplier,
        "zenobie",
        lambda _service: {"code": "F90", "name": "Maison Zoé"},
        (("code", "F-W01", "existe déjà"),),
        ("name", "Maison Zoé et fils"),
        "Maison Zoé et fils",
    ),
    Case(
        "sales",
        lambda service, n: SalesInvoiceFactory(
            organisation=service.organisation, number=f"ZED-{n:02d}", amount=Decimal("0.10")
        ),
        "zed",
        lambda _service: {
            "number": "V-90",
            "customer": "Commune inventée",
            "issued_on": "15/02/2024",
            "description": "Formation",
            "account": "700",
            "amount": "350",
        },
        (("account", "620", "classe 7"), ("amount", "12,345", "après la virgule")),
        ("customer", "Province inventée"),
        "Province inventée",
        "0,30",
    ),
    Case(
        "approvals",
        lambda service, n: ApprovalFactory(organisation=service.organisation, code=f"ZED{n:02d}"),
        "zed",
        lambda _service: {
            "code": "A90",
            "kind": "CASG",
            "name": "Centre",
            "analytical_account": "100",
            "starts_on": "01/01/2020",
        },
        (("kind", "YACHT", "dans la liste"),),
        ("name", "Centre du Canal"),
        "Centre du Canal",
    ),
    Case(
        "sites",
        lambda service, n: SiteFactory(approval=approval(service), code=f"ZED{n:02d}"),
        "zed",
        lambda service: {
            "approval": approval(service).pk,
            "code": "S90",
            "name": "Antenne",
            "kind": "antenna",
            "starts_on": "01/01/2020",
        },
        (("starts_on", "01/01/2020 bis", "jj/mm/aaaa"),),
        ("name", "Antenne nord"),
        "Antenne nord",
    ),
    Case(
        "positions",
        lambda service, n: ApprovedPositionFactory(
            approval=approval(service), code=f"ZED{n:02d}", fte=Decimal("0.3333")
        ),
        "zed",
        lambda service: {
            "approval": approval(service).pk,
            "code": "C90",
            "function": "social",
            "origin": "minimum",
            "fte": "2,5",
            "starts_on": "01/01/2020",
        },
        (("fte", "deux", "pas un nombre"),),
        ("fte", "3"),
        "3",
        "0,9999",
    ),
    Case(
        "volumes",
        lambda service, n: ActivityVolumeFactory(approval=approval(service), source=f"ZED {n:02d}"),
        "zed",
        lambda service: {
            "approval": approval(service).pk,
            "year": "2024",
            "mission": "french",
            "unit": "hours",
            "volume": "412,5",
            "source": "RASH",
        },
        (("volume", "-1", "supérieure ou égale à 0"), ("year", "2024,5", "nombre entier")),
        ("source", "RASH 2024"),
        "RASH 2024",
    ),
)
BY_SLUG = {case.slug: case for case in CASES}
WRITTEN = tuple(case for case in CASES if case.typed is not None)
WRONG = tuple((case, *wrong) for case in WRITTEN for wrong in case.wrong)
