"""Every way to write a row leaves who, when, what, before, after and why."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.test import Client
from djmoney.money import Money

from backoffice.federation.audit import acting, because
from backoffice.federation.audit.recording import BLOCK
from backoffice.federation.models import AuditEntry, Membership, Organisation
from backoffice.federation.roles import FederationRole
from grants.models import Award, Deadline, Post
from invoices.models import Invoice, Supplier, TrialBalance
from staffing.models import PayItem
from tests.factories import (
    AwardFactory,
    DeadlineFactory,
    FederationMemberFactory,
    FigureEntryFactory,
    InvoiceFactory,
    MembershipFactory,
    OrganisationFactory,
    PayMonthFactory,
    PostFactory,
    SupplierFactory,
    TrialBalanceLineFactory,
    UserFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def marie() -> User:
    return UserFactory.create(username="marie")


@pytest.fixture
def told() -> Callable[[], list[AuditEntry]]:
    """What was added to the trail since the last call."""
    seen = 0

    def new() -> list[AuditEntry]:
        nonlocal seen
        found = list(AuditEntry.objects.filter(pk__gt=seen).order_by("pk"))
        seen = found[-1].pk if found else seen
        return found

    return new


def only(entries: list[AuditEntry]) -> AuditEntry:
    assert len(entries) == 1, entries
    return entries[0]


def test_a_change_says_who_what_before_after_and_why(marie: User, told: Any) -> None:
    post = PostFactory.create(fte=Decimal("0.5"), code="P1")
    told()

    with acting(marie, "avenant n° 2", origin="request 1"):
        post.fte, post.ends_on = Decimal("0.75"), date(2025, 6, 30)
        post.save()

    entry = only(told())
    assert (entry.act, entry.model, entry.actor, entry.reason, entry.origin) == (
        AuditEntry.Act.CHANGED,
        "grants.post",
        marie,
        "avenant n° 2",
        "request 1",
    )
    assert entry.organisation == post.award.organisation
    assert (entry.first_key, entry.last_key, entry.count) == (post.pk, post.pk, 1)
    assert entry.content == {
        "rows": [[post.pk, {"fte": ["0.5000", "0.7500"], "ends_on": [None, "2025-06-30"]}]]
    }


def test_the_before_is_what_was_stored_and_not_what_the_object_held(told: Any) -> None:
    post = PostFactory.create(code="P1")
    Post.objects.filter(pk=post.pk).update(code="P2")
    told()

    post.code = "P3"
    post.save()

    assert only(told()).content["rows"] == [[post.pk, {"code": ["P2", "P3"]}]]


def test_saving_what_is_already_stored_says_nothing(told: Any) -> None:
    post = PostFactory.create(fte=Decimal("0.5"))
    told()
    Post.objects.get(pk=post.pk).save()
    post.fte = Decimal("0.50")
    post.save()
    assert told() == []


def test_a_creation_keeps_every_value_as_exact_text(told: Any) -> None:
    invoice = InvoiceFactory.create(amount=Money("121.5", "EUR"), issued_on="2025-03-01")

    entry = told()[-1]

    content = entry.content
    (row,) = content["rows"]
    kept = dict(zip(content["fields"], row[1:], strict=True))
    assert (entry.act, row[0]) == (AuditEntry.Act.CREATED, invoice.pk)
    assert kept["amount"] == "121.50"
    assert kept["issued_on"] == "2025-03-01"
    assert kept["supplier"] == invoice.supplier_id
    assert "amount_currency" not in kept


def test_a_name_is_never_kept_only_that_it_changed(told: Any) -> None:
    worker = WorkerFactory.create(name="Prudence Exemple")
    worker.name = "Prudence Invention"
    worker.save()
    worker.delete()

    entries = told()

    assert not [entry for entry in entries if "Prudence" in entry.changes]
    assert [entry.content["rows"] for entry in entries if entry.act == "changed"] == [
        [[entries[-1].first_key, {"name": ["•", "•"]}]]
    ]


def test_a_bulk_update_records_each_row_that_differs(told: Any) -> None:
    award = AwardFactory.create()
    posts = [PostFactory.create(award=award, code=f"P{n}", fte=1 + (n == 3)) for n in range(4)]
    told()

    assert Post.objects.filter(award=award).update(fte=Decimal(2)) == 4

    entry = only(told())
    assert (entry.count, entry.first_key, entry.last_key) == (3, posts[0].pk, posts[2].pk)
    assert entry.content["rows"] == [[post.pk, {"fte": ["1.0000", "2.0000"]}] for post in posts[:3]]


def test_an_expression_is_recorded_by_its_result(told: Any) -> None:
    post = PostFactory.create(fte=Decimal("0.5"))
    told()
    Post.objects.update(fte=F("fte") * 2)
    assert only(told()).content["rows"] == [[post.pk, {"fte": ["0.5000", "1.0000"]}]]


def test_rows_changed_each_in_its_way_are_one_entry(told: Any) -> None:
    month = PayMonthFactory.create()
    items = [PayItem(pay_month=month, cost_item=code, amount=10) for code in "abc"]
    PayItem.objects.bulk_create(items)
    created = only([entry for entry in told() if entry.model == "staffing.payitem"])
    assert created.content["fields"] == ["pay_month", "cost_item", "amount"]
    assert created.content["rows"] == [
        [item.pk, month.pk, item.cost_item, "10.00"] for item in items
    ]
    assert created.organisation == month.worker.organisation

    for number, item in enumerate(items):
        item.amount = Money(10 + number, "EUR")
    PayItem.objects.bulk_update(items, ["amount"])

    changed = only(told())
    assert changed.organisation == month.worker.organisation
    assert changed.content["rows"] == [
        [items[1].pk, {"amount": ["10.00", "11.00"]}],
        [items[2].pk, {"amount": ["10.00", "12.00"]}],
    ]


def test_many_rows_are_cut_in_entries_of_a_readable_size(told: Any) -> None:
    organisation = OrganisationFactory.create()
    told()
    Supplier.objects.bulk_create(
        Supplier(organisation=organisation, code=f"S{n}", name="X") for n in range(BLOCK + 1)
    )
    assert [entry.count for entry in told()] == [BLOCK, 1]


def test_rows_of_two_organisations_go_to_two_trails(told: Any) -> None:
    first, second = AwardFactory.create(), AwardFactory.create()
    told()
    Award.objects.update(label="Autre")
    assert [(entry.organisation, entry.count) for entry in told()] == [
        (first.organisation, 1),
        (second.organisation, 1),
    ]


def test_a_row_that_moves_is_in_both_trails(told: Any) -> None:
    worker, other = WorkerFactory.create(), OrganisationFactory.create()
    before = worker.organisation
    told()
    worker.organisation = other
    worker.save()
    assert [entry.organisation for entry in told()] == [before, other]


def test_of_rows_that_may_be_there_already_only_the_new_ones_are_recorded(told: Any) -> None:
    membership = MembershipFactory.create()
    other = UserFactory.create()
    told()

    Membership.objects.bulk_create(
        [
            Membership(user=user, organisation=membership.organisation)
            for user in (membership.user, other)
        ],
        ignore_conflicts=True,
    )
    Membership.objects.bulk_create(
        [Membership(user=other, organisation=membership.organisation)], ignore_conflicts=True
    )

    entry = only(told())
    stored = Membership.objects.get(user=other)
    assert entry.content["rows"][0][:3] == [stored.pk, other.pk, membership.organisation_id]


def test_a_row_that_may_exist_is_recorded_as_created_or_changed(told: Any) -> None:
    supplier = SupplierFactory.create(code="S1")
    told()
    key = {"organisation": supplier.organisation}
    Supplier.objects.get_or_create(**key, code="S1")
    Supplier.objects.get_or_create(**key, code="S2", defaults={"name": "X"})
    Supplier.objects.update_or_create(**key, code="S2", defaults={"code": "S3"})
    supplier.organisation.suppliers.create(code="S4", name="X")
    assert [entry.act for entry in told()] == ["created", "changed", "created"]


def test_a_deletion_keeps_what_was_stored_of_each_row(told: Any) -> None:
    post = PostFactory.create(code="P1")
    Post.objects.filter(pk=post.pk).update(code="P2")
    told()

    post.delete()

    entry = only(told())
    kept = dict(zip(entry.content["fields"], entry.content["rows"][0][1:], strict=True))
    assert (entry.act, kept["code"]) == (AuditEntry.Act.DELETED, "P2")


def test_what_a_deletion_takes_along_is_recorded_too(told: Any) -> None:
    line = TrialBalanceLineFactory.create()
    TrialBalanceLineFactory.create(balance=line.balance, account="700000")
    told()

    TrialBalance.objects.filter(pk=line.balance.pk).delete()

    found = {entry.model: (entry.act, entry.count, entry.organisation) for entry in told()}
    assert found == {
        "invoices.trialbalance": ("deleted", 1, line.balance.organisation),
        "invoices.trialbalanceline": ("deleted", 2, line.balance.organisation),
    }


def test_the_deletion_of_an_account_records_the_accesses_that_go_with_it(told: Any) -> None:
    membership = MembershipFactory.create()
    filled = FigureEntryFactory.create(entered_by=membership.user)
    key, user_key = membership.pk, membership.user.pk
    told()

    membership.user.delete()

    found = {(entry.model, entry.act): entry for entry in told()}
    assert found["federation.membership", "deleted"].first_key == key
    change = found["federation.figureentry", "changed"]
    assert change.content["rows"] == [[filled.pk, {"entered_by": [user_key, None]}]]
    assert change.organisation is None


def test_nothing_is_recorded_of_what_is_undone(told: Any) -> None:
    with transaction.atomic():
        organisation = OrganisationFactory.create()
        assert only(told()).organisation == organisation
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_a_reason_holds_for_what_is_inside_it(marie: User, told: Any) -> None:
    award = AwardFactory.create()
    told()
    with acting(marie):
        with because("erreur d'encodage"):
            award.label = "Un"
            award.save()
        award.label = "Deux"
        award.save()
    assert [(entry.actor, entry.reason) for entry in told()] == [
        (marie, "erreur d'encodage"),
        (marie, ""),
    ]


def test_the_admin_is_recorded_with_its_user(admin_client: Client, told: Any) -> None:
    organisation = OrganisationFactory.create(name="Service du Canal")
    admin = User.objects.get(username="admin")
    FederationMemberFactory.create(user=admin, role=FederationRole.ADMINISTRATOR)
    told()
    page = f"/admin/federation/organisation/{organisation.pk}/change/"
    form = admin_client.get(page).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields}
    formset = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    admin_client.post(page, {**data, **formset, "name": "Service du Quai"})

    entry = only([entry for entry in told() if entry.model == "federation.organisation"])

    assert entry.actor == admin
    assert entry.origin.startswith("request ")
    assert entry.content["rows"] == [
        [organisation.pk, {"name": ["Service du Canal", "Service du Quai"]}]
    ]


def test_one_row_costs_the_same_queries_whatever_is_stored(
    django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    post = PostFactory.create()
    PostFactory.create_batch(20, award=post.award)
    post = Post.objects.get(pk=post.pk)
    post.fte = Decimal("0.3")
    with django_assert_max_num_queries(7):
        post.save()


@pytest.mark.parametrize("count", [1, 20])
def test_many_rows_cost_as_many_queries_as_one(
    count: int, django_assert_max_num_queries: Any
) -> None:
    award = AwardFactory.create()
    rows = [Post(award=award, code=f"P{n}", fte=1, starts_on="2025-01-01") for n in range(count)]
    with django_assert_max_num_queries(3):
        Post.objects.bulk_create(rows)
    with django_assert_max_num_queries(7):
        Post.objects.all().update(function="social")
    for number in range(count):
        DeadlineFactory.create(award=award, code=f"d{number}")
    with django_assert_max_num_queries(9):
        Deadline.objects.all().delete()


def test_rows_far_from_their_organisation_are_placed_by_one_query(
    django_assert_max_num_queries: Any, told: Any
) -> None:
    months = PayMonthFactory.create_batch(3)
    rows = [PayItem(pay_month_id=month.pk, cost_item="gross", amount=1) for month in months]
    told()
    with django_assert_max_num_queries(4):
        PayItem.objects.bulk_create(rows)
    assert [entry.organisation for entry in told()] == [
        month.worker.organisation for month in months
    ]


def test_rows_of_the_trail_are_only_added() -> None:
    OrganisationFactory.create()
    entry = AuditEntry.objects.get()
    entry.reason = "autre"
    for forbidden in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(reason="autre"),
        lambda: AuditEntry.objects.bulk_update([entry], ["reason"]),
        lambda: AuditEntry.objects.bulk_create(
            [entry], update_conflicts=True, update_fields=["reason"], unique_fields=["id"]
        ),
        lambda: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"reason": "autre"}),
    ):
        with pytest.raises(TypeError, match="append-only"), transaction.atomic():
            forbidden()
    assert AuditEntry.objects.get().reason == ""


def test_what_nothing_announces_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        Organisation.objects.all()._raw_delete("default")  # noqa: SLF001 - that is the test
    with pytest.raises(NotImplementedError):
        Invoice.objects.bulk_create(
            [Invoice()],
            update_conflicts=True,
            update_fields=["number"],
            unique_fields=["organisation", "piece"],
        )
