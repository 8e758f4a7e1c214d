"""Who people are: names in one table, national numbers encrypted, found and never shown."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from backoffice.federation.identities import numbers
from backoffice.federation.identities.named import forget_unused
from backoffice.federation.models import AuditEntry, Identity
from invoices.models import Invoice, Supplier
from staffing.models import Worker
from tests.factories import InvoiceFactory, OrganisationFactory, SupplierFactory, WorkerFactory

NUMBER = "85073003328"
OLD, NEW = "o" * 50, "n" * 50


@pytest.mark.parametrize("written", ["85.07.30-033.28", "85073003328", " 850730 033 28 "])
def test_a_number_is_read_whatever_stands_between_its_digits(written):
    assert numbers.clean(written) == NUMBER


@pytest.mark.parametrize("written", ["85.07.30-033.29", "8507300332", "Dupont", "", "8507300332😀"])
def test_a_wrong_number_is_refused_without_being_repeated(written):
    with pytest.raises(numbers.NotANationalNumber) as refused:
        numbers.clean(written)
    assert "8507300" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_an_encrypted_number_is_another_text_each_time_and_opens_with_its_key_only(settings):
    settings.IDENTITY_KEYS = [OLD]
    first, second = numbers.encrypt(NUMBER), numbers.encrypt(NUMBER)
    assert first != second
    assert NUMBER not in first + second
    assert numbers.decrypt(first) == numbers.decrypt(second) == NUMBER
    settings.IDENTITY_KEYS = [NEW]
    with pytest.raises(numbers.KeyLost):
        numbers.decrypt(first)


def test_a_new_key_is_put_first_and_the_old_one_still_opens_and_finds(settings):
    settings.IDENTITY_KEYS = [OLD]
    kept, found_by = numbers.encrypt(NUMBER), numbers.keyed_hash(NUMBER)
    settings.IDENTITY_KEYS = [NEW, OLD]
    assert numbers.decrypt(kept) == NUMBER
    assert found_by in numbers.keyed_hashes(NUMBER)
    turned = numbers.turned(kept)
    settings.IDENTITY_KEYS = [NEW]
    assert numbers.decrypt(turned) == NUMBER
    assert numbers.keyed_hash(NUMBER) != found_by


def test_a_masked_number_shows_the_day_of_birth_alone():
    assert numbers.masked(NUMBER) == "85.07.30-***-**"


@pytest.mark.django_db
def test_a_worker_shows_the_name_of_its_identity_and_renames_it():
    worker = WorkerFactory(number="W01", name="Amira Delvaux")
    stored = Worker.objects.get(pk=worker.pk)
    assert stored.name == stored.identity.name == "Amira Delvaux"
    stored.name = "Amira Delvaux-Claes"
    stored.save()
    assert Identity.objects.get().name == "Amira Delvaux-Claes"


@pytest.mark.django_db
def test_reading_the_names_of_workers_asks_one_query(django_assert_num_queries):
    organisation = OrganisationFactory()
    for number in range(3):
        WorkerFactory(organisation=organisation, number=f"W{number}", name=f"Nom {number}")
    with django_assert_num_queries(1):
        names = [worker.name for worker in organisation.workers.order_by("number")]
    assert names == ["Nom 0", "Nom 1", "Nom 2"]


def an_invoice(organisation, piece: str, person: str) -> Invoice:
    supplier = SupplierFactory(organisation=organisation, code=f"F-{piece}")
    return InvoiceFactory(
        organisation=organisation, supplier=supplier, piece=piece, category="interim", person=person
    )


@pytest.mark.django_db
def test_invoices_for_the_same_person_share_one_identity_in_their_organisation():
    own, other = OrganisationFactory(), OrganisationFactory()
    first, second = (an_invoice(own, piece, "Yves Renard") for piece in ("A-1", "A-2"))
    elsewhere = an_invoice(other, "A-1", "Yves Renard")
    WorkerFactory(organisation=own, name="Yves Renard")
    assert first.identity == second.identity
    assert elsewhere.identity != first.identity
    assert Identity.objects.filter(name="Yves Renard").count() == 3
    assert an_invoice(own, "A-3", "").identity is None


@pytest.mark.django_db
def test_another_person_on_an_invoice_does_not_rename_the_first_one():
    own = OrganisationFactory()
    first, second = (an_invoice(own, piece, "Yves Renard") for piece in ("A-1", "A-2"))
    second.person = "Zoé Marchal"
    second.save()
    assert Invoice.objects.get(pk=first.pk).person == "Yves Renard"
    assert Invoice.objects.get(pk=second.pk).person == "Zoé Marchal"


def renamed(supplier: Supplier, name: str) -> Supplier:
    supplier.name = name
    supplier.save()
    return Supplier.objects.get(pk=supplier.pk)


@pytest.mark.django_db
def test_a_supplier_who_is_a_person_keeps_the_same_identity_under_another_name():
    one = SupplierFactory(name="Yves Renard", nature="person")
    after = renamed(one, "Yves Renart")
    assert after.name == "Yves Renart"
    assert after.identity == one.identity
    assert Identity.objects.get().name == "Yves Renart"
    entry = AuditEntry.objects.filter(model="federation.identity").latest("pk")
    assert (entry.act, entry.first_key) == ("changed", one.identity.pk)


@pytest.mark.django_db
def test_a_supplier_takes_the_identity_of_the_person_who_has_the_new_name():
    own = OrganisationFactory()
    invoice = an_invoice(own, "A-1", "Zoé Marchal")
    one = SupplierFactory(organisation=own, code="F-9", name="Yves Renard", nature="person")
    assert renamed(one, "Zoé Marchal").identity == invoice.identity


@pytest.mark.django_db
def test_a_supplier_with_a_new_name_leaves_the_others_of_that_identity_as_they_are():
    own = OrganisationFactory()
    one, other = (
        SupplierFactory(organisation=own, code=code, name="Yves Renard", nature="person")
        for code in ("F-8", "F-9")
    )
    assert renamed(one, "Zoé Marchal").identity != other.identity
    assert Supplier.objects.get(pk=other.pk).name == "Yves Renard"


@pytest.mark.django_db
def test_a_name_that_no_row_needs_any_more_is_forgotten():
    own = OrganisationFactory()
    kept = an_invoice(own, "A-1", "Yves Renard")
    an_invoice(own, "A-2", "Zoé Marchal").delete()
    WorkerFactory(organisation=own, name="Amira Delvaux").delete()
    assert forget_unused(own) == 2
    assert Identity.objects.get() == kept.identity


@pytest.mark.django_db
def test_pseudonyms_are_numbered_in_each_organisation():
    own, other = OrganisationFactory(), OrganisationFactory()
    made = [WorkerFactory(organisation=one, number="W1") for one in (own, other)]
    made.append(WorkerFactory(organisation=own, number="W2"))
    assert [one.identity.pseudonym for one in made] == ["P-0001", "P-0001", "P-0002"]
    assert str(made[0].identity) == "P-0001"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [{"national_number": "x"}, {"national_number_hash": "x"}],
    ids=["number without hash", "hash without number"],
)
def test_the_database_keeps_a_number_and_its_hash_together(values):
    identity = WorkerFactory().identity
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.filter(pk=identity.pk).update(**values)


@pytest.mark.django_db(transaction=True)
def test_names_move_to_the_table_of_identities_and_back():
    before = [("staffing", "0004_allocation_notes"), ("invoices", "0002_sales_and_accounts")]
    after = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        MigrationExecutor(connection).migrate(before)
        old = MigrationExecutor(connection).loader.project_state(before).apps
        own = old.get_model("federation", "Organisation").objects.create(
            name="Service", enterprise_number="0403170701"
        )
        worker_model = old.get_model("staffing", "Worker")
        for number, name in (("W2", "Zoé Marchal"), ("W1", "Amira Delvaux")):
            worker_model.objects.create(organisation=own, number=number, name=name)
        MigrationExecutor(connection).migrate(after)
        found = Worker.objects.order_by("number").values_list("number", "identity__name")
        assert list(found) == [("W1", "Amira Delvaux"), ("W2", "Zoé Marchal")]
        assert [one.pseudonym for one in Identity.objects.order_by("number")] == [
            "P-0001",
            "P-0002",
        ]
        MigrationExecutor(connection).migrate(before)
        again = worker_model.objects.order_by("number").values_list("number", "name")
        assert list(again) == [("W1", "Amira Delvaux"), ("W2", "Zoé Marchal")]
    finally:
        MigrationExecutor(connection).migrate(after)
        Worker.objects.all().delete()
        Identity.objects.all().delete()
        Worker.identity.field.related_model.organisation.field.related_model.objects.all().delete()


def numbered(number: str = NUMBER) -> Identity:
    identity = WorkerFactory().identity
    identity.national_number = numbers.encrypt(number)
    identity.national_number_hash = numbers.keyed_hash(number)
    identity.save()
    return identity


@pytest.mark.django_db
def test_the_command_turns_every_number_to_the_first_key_and_shows_none(settings, capsys):
    settings.IDENTITY_KEYS = [OLD]
    identity = numbered()
    WorkerFactory()  # without a number
    settings.IDENTITY_KEYS = [NEW, OLD]
    call_command("identities", "--turn")
    printed = capsys.readouterr().out
    assert "première clé : 1" in printed
    assert "850730" not in printed
    settings.IDENTITY_KEYS = [NEW]
    identity.refresh_from_db()
    assert numbers.decrypt(identity.national_number) == NUMBER
    assert identity.national_number_hash == numbers.keyed_hash(NUMBER)


@pytest.mark.django_db
def test_a_lost_key_stops_the_turn_and_changes_nothing(settings):
    settings.IDENTITY_KEYS = [OLD]
    kept = numbered().national_number
    settings.IDENTITY_KEYS = [NEW]
    with pytest.raises(CommandError, match="remettez la bonne clé"):
        call_command("identities", "--turn")
    assert Identity.objects.get(national_number=kept).national_number_hash
