"""A site of the first version keeps its rows when it is brought to this one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from invoices.models import Supplier
from staffing.models import ContractLine, Worker

OURS = ("federation", "grants", "staffing", "invoices", "reports")
DAY, MONEY = date(2024, 1, 1), Decimal("1234.56")
LETTER = {"letter_reference": "LETTRE-1"}
STARTS = {"starts_on": DAY, "ends_on": None}


def migrate(targets: list[tuple[str, str]]) -> StateApps:
    """Bring the database to these migrations; the models as they were then."""
    executor = MigrationExecutor(connection)
    return executor.migrate(targets).apps


@pytest.fixture
def first_version(transactional_db: None) -> Iterator[StateApps]:
    """The database as the first migration of each app makes it; brought back at the end."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate([(app, "0001_initial") for app in OURS])
    executor = MigrationExecutor(connection)
    first = [(app, "0001_initial") for app in OURS]
    others = [leaf for leaf in leaves if leaf[0] not in OURS]
    yield executor.loader.project_state([*first, *others]).apps
    migrate(leaves)


def fill(apps: StateApps) -> None:
    """One row in each table of the first version."""

    def add(model: str, /, **values: Any) -> Any:
        return apps.get_model(model).objects.create(**values)

    user = add("auth.User", username="compta")
    owner = add("federation.Organisation", enterprise_number="0999000129", name="Service é ü")
    add("federation.Membership", user=user, organisation=owner)
    service = add(
        "federation.Approval",
        **{"organisation": owner, "code": "A1", "kind": "CASG", "name": "Centre", **STARTS},
        analytical_account="100",
    )
    add("federation.Site", approval=service, code="S1", name="Siège", kind="seat", **STARTS)
    add(
        "federation.FigureEntry",
        code="employer.x",
        since=DAY,
        value="2/37",
        source="L",
        verified_on=DAY,
    )
    _fill_grants(add, owner, user)
    _fill_invoices(add, owner, apps.get_model("grants.Award").objects.get())
    _fill_staffing(add, owner, service, apps.get_model("grants.Post").objects.get())


def _fill_grants(add: Any, owner: Any, user: Any) -> None:
    award = add(
        "grants.Award",
        organisation=owner,
        reference="SUB-1",
        scheme="maribel",
        label="Emplois",
        **{**LETTER, **STARTS, "letter_on": DAY, "notified_on": DAY},
    )
    about = {"award": award, "year": 2024}
    add("grants.Post", award=award, code="P1", function="social", fte=Decimal("0.5000"), **STARTS)
    add(
        "grants.Term", award=award, code="granted", value="5.00", decided_on=DAY, **LETTER, **STARTS
    )
    add(
        "grants.Amendment",
        award=award,
        number=1,
        decided_on=DAY,
        effective_on=DAY,
        reason="Plus",
        **LETTER,
    )
    paid = add("grants.Instalment", **about, number=1, kind="advance", due_on=DAY, amount=MONEY)
    add(
        "grants.Receipt",
        **{**about, "reference": "EXT-1", "received_on": DAY, "amount": MONEY, "instalment": paid},
    )
    add("reports.SignOff", **about, subject="late", signed_by="D", reason="Vu", signed_on=DAY)
    moment = datetime(2025, 2, 1, 8, tzinfo=UTC)
    add(
        "reports.Justification",
        **{**about, "version": 1, "as_of": DAY, "frozen_at": moment, "document": "{}"},
        digest="0" * 64,
        file_digests={"json": "0" * 64},
        frozen_by=user,
    )
    add(
        "reports.WorkbookImport",
        organisation=owner,
        uploaded_by=user,
        file="imports/c.xlsx",
        report={},
        sha256="0" * 64,
        state="previewed",
    )


def _fill_invoices(add: Any, owner: Any, award: Any) -> None:
    supplier = add("invoices.Supplier", organisation=owner, code="F1", name="Papeterie")
    invoice = add(
        "invoices.Invoice",
        organisation=owner,
        piece="A-1",
        supplier=supplier,
        number="7",
        issued_on=DAY,
        description="Papier",
        category="office",
        amount=MONEY,
    )
    add(
        "invoices.Ventilation",
        invoice=invoice,
        award=award,
        share_numerator=1,
        share_denominator=3,
    )


def _fill_staffing(add: Any, owner: Any, service: Any, post: Any) -> None:
    worker = add("staffing.Worker", organisation=owner, number="W1", name="Personne inventée")
    hours = {"weekly_hours": Decimal("19.00")}
    add(
        "staffing.ContractLine",
        worker=worker,
        kind="permanent",
        function="social",
        diploma="bachelor",
        **{**STARTS, **hours, "full_time_hours": Decimal("38.00"), "approval": service},
        joint_committee="332",
        scale="A",
        scale_column="1",
        seniority_on=DAY,
        index_regime="private_m2",
    )
    add("staffing.Assignment", worker=worker, post=post, **STARTS, **hours)
    month = add(
        "staffing.PayMonth",
        worker=worker,
        month=DAY,
        paid_hours=MONEY,
        assimilated_hours=0,
        unpaid_hours=0,
    )
    add("staffing.PayItem", pay_month=month, cost_item="gross", amount=MONEY)


def values_of(apps: StateApps, columns: dict[str, list[str]]) -> dict[str, list[dict[str, Any]]]:
    return {
        label: list(apps.get_model(label).objects.order_by("pk").values(*names))
        for label, names in columns.items()
    }


def test_every_row_of_the_first_version_keeps_its_values(first_version: StateApps) -> None:
    fill(first_version)
    columns = {
        model._meta.label: [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
        for model in first_version.get_models()
        if model._meta.app_label in OURS  # noqa: SLF001
    }
    columns["staffing.Worker"].remove("name")  # it moves to the identity
    columns["invoices.Supplier"].remove("name")  # it is the name of a firm until somebody says else
    before = values_of(first_version, columns)
    assert [label for label, rows in before.items() if len(rows) != 1] == []
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    now = migrate(leaves)
    assert values_of(now, columns) == before
    assert ContractLine.objects.get().status == ContractLine.Status.EMPLOYEE
    assert Worker.objects.get().name == "Personne inventée"
    supplier = Supplier.objects.get()
    assert (supplier.name, supplier.nature, supplier.identity) == ("Papeterie", "", None)
