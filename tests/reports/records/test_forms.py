"""Every record's forms: created, mistyped, changed, changed by two, ended, removed."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from backoffice.federation.models import AuditEntry
from backoffice.federation.rows import rows_of, table_of
from reports.records.all import RECORDS
from tests.factories import (
    AssignmentFactory,
    ContractLineFactory,
    JustificationFactory,
    MembershipFactory,
    VentilationFactory,
)
from tests.reports.records.reading import address, create, form_data, last, version
from tests.reports.records.situations import BY_SLUG, CASES, REASON, WRITTEN, WRONG, Case
from tests.reports.views.reading import markup, words

by_written = pytest.mark.parametrize("case", WRITTEN, ids=lambda case: case.slug)
ENDED = [case for case in WRITTEN if RECORDS[case.slug].can_end]
READ_ONLY = [case for case in CASES if case.typed is None]


def changed(service, case: Case, row, **values):
    data = form_data(service, case, row) | {"reason": REASON} | values
    return service.client.post(address("change_row", case, row), data)


@by_written
def test_a_row_is_created_as_people_type_and_shown(service, case: Case):
    response = create(service, case)
    assert response.status_code == 302, words(response)
    row = last(case)
    assert response.headers["Location"] == address("record_row", case, row)
    page = service.client.get(response.headers["Location"])
    assert f"Enregistré : {RECORDS[case.slug].title(row)}." in markup(page)


@pytest.mark.parametrize(
    ("case", "field", "text", "said"), WRONG, ids=lambda one: getattr(one, "slug", None)
)
def test_what_is_mistyped_is_said_at_its_field_and_kept(service, case, field, text, said):
    before = rows_of(RECORDS[case.slug].model).count()
    response = create(service, case, **{field: text})
    assert response.status_code == 422
    form = response.context["form"]
    wrong = {name: " ".join(errors) for name, errors in form.errors.items()}
    assert any(said in errors for errors in wrong.values()), wrong
    page = markup(response)
    for name in wrong:
        assert f'<a href="#id_{name}">' in page
        assert f'id="id_{name}_error"' in page
    if text and form[field].field.widget.input_type == "text":
        assert text in str(form[field].value())
    assert rows_of(RECORDS[case.slug].model).count() == before


@by_written
def test_the_same_form_sent_twice_makes_one_row(service, case: Case):
    data = dict(case.typed(service))
    new = reverse("new_row", args=[case.slug])
    first, second = (service.client.post(new, data) for _ in range(2))
    assert second.status_code == 302, words(second)
    assert first.headers["Location"] == second.headers["Location"]


@by_written
def test_a_row_is_changed_and_its_page_says_so(service, case: Case):
    create(service, case)
    row, (name, value) = last(case), case.change
    response = changed(service, case, row, **{name: value})
    assert response.status_code == 302, words(response)
    assert case.shown in words(service.client.get(response.headers["Location"]))


@by_written
def test_a_colleague_s_change_is_shown_beside_mine_and_neither_is_lost(service, case: Case):
    create(service, case)
    row, (name, value) = last(case), case.change
    opened = form_data(service, case, row) | {"reason": REASON}
    assert changed(service, case, row, **{name: value}).status_code == 302
    untouched = service.client.post(address("change_row", case, row), opened)
    assert untouched.status_code == 409
    page = markup(untouched)
    assert "Un collègue a changé cette ligne" in page
    (difference,) = untouched.context["editing"].conflict.differences
    assert case.shown in difference.theirs
    assert difference.mine == str(opened[name])
    again = dict(opened, version=untouched.context["form"]["version"].value())
    assert service.client.post(address("change_row", case, row), again).status_code == 302
    assert form_data(service, case, row)[name] == opened[name]


@by_written
def test_the_second_press_of_a_change_has_nothing_to_do(service, case: Case):
    create(service, case)
    row, (name, value) = last(case), case.change
    data = form_data(service, case, row) | {"reason": REASON, name: value}
    first, second = (service.client.post(address("change_row", case, row), data) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)


@by_written
def test_a_new_row_is_removed_and_gone(service, case: Case):
    create(service, case)
    row = last(case)
    response = service.client.post(
        address("drop_row", case, row),
        {"version": version(case, row), "reason": REASON},
        follow=True,
    )
    assert f"Supprimé : {RECORDS[case.slug].title(row)}." in markup(response)
    assert service.client.get(address("record_row", case, row)).status_code == 404


@by_written
def test_a_row_that_changed_since_its_page_is_not_removed(service, case: Case):
    create(service, case)
    row = last(case)
    response = service.client.post(
        address("drop_row", case, row), {"version": "seen-before", "reason": REASON}
    )
    assert "a changé depuis que vous l'avez ouverte" in words(response)
    assert service.client.get(address("record_row", case, row)).status_code == 200


@pytest.mark.parametrize("case", ENDED, ids=lambda case: case.slug)
def test_a_row_ends_on_a_day_and_no_earlier_than_it_starts(service, case: Case):
    create(service, case, ends_on="")
    row = last(case)
    data = {"version": version(case, row), "reason": REASON, "ends_on": "31/12/1995"}
    early = service.client.post(address("end_row", case, row), data)
    assert early.status_code == 422
    assert "précède la date de début" in words(early)
    response = service.client.post(address("end_row", case, row), data | {"ends_on": "31/12/2024"})
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.ends_on == date(2024, 12, 31)


@by_written
def test_another_service_cannot_open_change_end_or_remove_a_row(service, other, case: Case):
    create(service, case)
    row = last(case)
    for name in ("record_row", "change_row"):
        assert other.client.get(address(name, case, row)).status_code == 404
    for name in ("change_row", "end_row", "drop_row"):
        assert other.client.post(address(name, case, row), {}).status_code == 404
    row.refresh_from_db()


@by_written
def test_a_removal_is_asked_first_on_a_page_and_says_why_in_the_trail(service, case: Case):
    create(service, case)
    row = last(case)
    where = address("drop_row", case, row)
    asked = service.client.get(where)
    assert "Supprimer cette ligne ?" in words(asked)
    assert f'href="{where}"' in markup(service.client.get(address("record_row", case, row)))
    silent = service.client.post(where, {"version": version(case, row)})
    assert silent.status_code == 422
    assert "Indiquez pourquoi cette ligne est supprimée." in words(silent)
    sent = {"version": asked.context["form"]["version"].value(), "reason": REASON}
    assert service.client.post(where, sent).status_code == 302
    (entry,) = AuditEntry.objects.filter(
        act=AuditEntry.Act.DELETED, model=table_of(row).label_lower, first_key=row.pk
    )
    assert entry.reason == REASON


def test_the_page_of_a_removal_names_what_goes_with_the_row(service):
    case = BY_SLUG["invoices"]
    create(service, case)
    assert "Disparaissent avec elle : 1 ventilation." in words(
        service.client.get(address("drop_row", case, last(case)))
    )


@by_written
def test_who_may_only_see_finds_no_form_and_is_refused_one(service, case: Case):
    create(service, case)
    row, client = last(case), Client()
    director = MembershipFactory(organisation=service.organisation, role="director")
    client.force_login(director.user)
    page = markup(client.get(address("record_row", case, row)))
    assert "Modifier" not in page
    assert "Supprimer cette ligne" not in page
    for name in ("change_row", "end_row"):
        assert client.get(address(name, case, row)).status_code == 403
    assert client.post(address("drop_row", case, row)).status_code == 403
    assert client.get(reverse("new_row", args=[case.slug])).status_code == 403


@pytest.mark.parametrize("case", READ_ONLY, ids=lambda case: case.slug)
def test_a_record_without_a_form_has_no_address_for_one(service, case: Case):
    row = case.add(service, 0)
    assert service.client.get(reverse("new_row", args=[case.slug])).status_code == 404
    assert service.client.get(address("change_row", case, row)).status_code == 404
    assert service.client.post(address("drop_row", case, row)).status_code == 404


@by_written
@pytest.mark.parametrize("number", ["0", "999999999"])
def test_a_row_that_does_not_exist_is_said_to_be_not_found(service, case: Case, number: str):
    assert service.client.get(reverse("record_row", args=[case.slug, number])).status_code == 404


@pytest.mark.parametrize(
    ("slug", "field"), [("workers", "number"), ("suppliers", "code"), ("awards", "reference")]
)
def test_what_is_used_is_not_removed_and_the_page_names_what_rests_on_it(service, slug, field):
    case = BY_SLUG[slug]
    row = getattr(service.organisation, slug).first()
    response = service.client.post(
        address("drop_row", case, row), {"version": version(case, row), "reason": REASON}
    )
    used = {"workers": "1 ligne de contrat", "suppliers": "1 facture", "awards": "1 terme"}
    if slug == "awards":
        used["awards"] = "3 termes"
    assert used[slug] in words(response)
    assert getattr(row, field) in markup(response)


FROZEN = {
    "workers": lambda service: service.organisation.workers.get(),
    "contract_lines": lambda service: service.organisation.workers.get().contract_lines.get(),
    "awards": lambda service: service.award,
    "terms": lambda service: service.award.terms.get(code="granted"),
    "posts": lambda service: service.post,
    "instalments": lambda service: service.award.instalments.get(),
    "receipts": lambda service: service.award.receipts.get(),
    "invoices": lambda service: service.organisation.invoices.get(),
    "suppliers": lambda service: service.organisation.suppliers.get(),
}


@pytest.mark.parametrize("slug", FROZEN)
def test_a_row_that_a_frozen_justification_rests_on_changes_with_a_reason(service, slug):
    case, row = BY_SLUG[slug], FROZEN[slug](service)
    JustificationFactory(award=service.award, year=2024)
    name, value = case.change
    warned = words(service.client.get(address("change_row", case, row)))
    assert "Des justifications figées reposent sur cette ligne" in warned
    assert "MARIBEL-1 2024" in warned
    silent = changed(service, case, row, **{name: value, "reason": ""})
    assert silent.status_code == 422
    assert "indiquez pourquoi" in " ".join(silent.context["form"].errors["reason"])
    assert changed(service, case, row, **{name: value}).status_code == 302
    refused = service.client.post(
        address("drop_row", case, row), {"version": version(case, row), "reason": REASON}
    )
    assert "ne peut pas être supprimée" in words(refused)


@pytest.mark.parametrize("slug", FROZEN)
def test_a_frozen_justification_of_another_award_asks_no_reason(service, other, slug):
    case, row = BY_SLUG[slug], FROZEN[slug](service)
    JustificationFactory(award=other.award, year=2024)
    assert "justifications figées" not in words(
        service.client.get(address("change_row", case, row))
    )


@pytest.mark.parametrize("slug", ["contract_lines", "terms"])
def test_a_contract_of_a_past_month_and_a_term_change_with_a_reason(service, slug):
    case, row = BY_SLUG[slug], FROZEN[slug](service)
    name, value = case.change
    silent = changed(service, case, row, **{name: value, "reason": ""})
    assert silent.status_code == 422
    assert "reason" in silent.context["form"].errors
    same = changed(service, case, row, reason="")
    assert same.status_code == 302


def test_the_parts_of_an_invoice_are_stored_replaced_and_sum_to_it(service):
    case = BY_SLUG["invoices"]
    create(service, case)
    row = last(case)
    (part,) = row.ventilations.all()
    assert (part.share_numerator, part.share_denominator) == (1, 4)
    assert changed(service, case, row, part_0="1/3", own_part="").status_code == 302
    part.refresh_from_db()
    assert (part.share_numerator, part.share_denominator) == (1, 3)
    assert changed(service, case, row, part_0="", award_0="").status_code == 302
    assert row.ventilations.count() == 0


def test_parts_beyond_the_invoice_are_said_at_the_last_of_them(service):
    case = BY_SLUG["invoices"]
    award = BY_SLUG["awards"].add(service, 7)
    response = create(service, case, part_0="60 %", award_1=award.pk, part_1="450 €", own_part="")
    assert response.status_code == 422
    assert "50,00 € de trop" in " ".join(response.context["form"].errors["part_1"]).replace(
        "\u202f", " "
    )


def test_one_award_has_one_part_of_an_invoice(service):
    response = create(
        service, BY_SLUG["invoices"], award_1=service.award.pk, part_1="10 %", own_part=""
    )
    assert "a déjà une part" in " ".join(response.context["form"].errors["award_1"])


def test_a_part_that_a_colleague_changed_is_a_conflict(service):
    case = BY_SLUG["invoices"]
    create(service, case)
    row = last(case)
    opened = form_data(service, case, row)
    assert changed(service, case, row, part_0="30 %", own_part="").status_code == 302
    assert service.client.post(address("change_row", case, row), opened).status_code == 409


def test_the_links_of_a_form_are_those_of_the_organisation_alone(service, other):
    line = ContractLineFactory(worker__organisation=other.organisation)
    form = service.client.get(reverse("new_row", args=["contract_lines"])).context["form"]
    offered = {str(code) for code, _words in form.fields["worker"].choices}
    assert str(line.worker_id) not in offered
    response = create(service, BY_SLUG["contract_lines"], worker=line.worker_id)
    assert response.status_code == 422
    assert "Choisissez dans la liste" in " ".join(response.context["form"].errors["worker"])


def test_a_new_row_may_start_from_the_row_that_it_belongs_to(service):
    worker = service.organisation.workers.get()
    page = service.client.get(reverse("new_row", args=["contract_lines"]), {"worker": worker.pk})
    assert f'<option value="{worker.pk}" selected>' in markup(page)


def test_the_page_of_a_worker_shows_what_belongs_to_her_in_a_fixed_number_of_queries(
    service, django_assert_max_num_queries
):
    worker = service.organisation.workers.get()
    for n in range(1, 13):
        ContractLineFactory(worker=worker, starts_on=date(1995 + n, 1, 1))
        AssignmentFactory(worker=worker, post=service.post, starts_on=date(1995 + n, 1, 1))
    with django_assert_max_num_queries(35):
        page = service.client.get(reverse("record_row", args=["workers", worker.pk]))
    assert len(page.context["children"][0].rows) == 13


def test_the_shares_of_an_invoice_are_listed_on_its_page(service):
    invoice = service.organisation.invoices.get()
    VentilationFactory(
        invoice=invoice,
        award=BY_SLUG["awards"].add(service, 1),
        share_numerator=1,
        share_denominator=50,
    )
    page = words(service.client.get(reverse("record_row", args=["invoices", invoice.pk])))
    assert "ZED-01 2 %" in page
    assert f"Date {invoice.issued_on:%d/%m/%Y}" in page


@by_written
def test_a_form_that_sends_nothing_is_told_what_is_missing(service, case: Case):
    create(service, case)
    row, before = last(case), form_data(service, case, last(case))
    assert service.client.post(reverse("new_row", args=[case.slug])).status_code == 422
    assert service.client.post(address("change_row", case, row)).status_code == 422
    assert form_data(service, case, row) == before


def test_a_second_contract_on_the_same_days_is_refused_and_one_after_it_is_kept(service):
    case = BY_SLUG["contract_lines"]
    line = service.organisation.workers.get().contract_lines.get()
    typed = dict(case.typed(service)) | {"worker": line.worker_id, "ends_on": ""}
    refused = service.client.post(reverse("new_row", args=[case.slug]), typed)
    assert refused.status_code == 422
    assert "déjà la ligne de contrat du 01/01/2022 à ces dates" in words(refused)
    line.ends_on = date(2024, 2, 29)
    line.save()
    kept = service.client.post(reverse("new_row", args=[case.slug]), typed)
    assert kept.status_code == 302, words(kept)


def test_a_scale_that_only_the_workbook_brought_is_offered_with_its_columns(service):
    case = BY_SLUG["contract_lines"]
    ContractLineFactory(
        worker=service.organisation.workers.get(),
        scale="MAISON",
        scale_column="X",
        starts_on=date(1999, 1, 1),
        ends_on=date(1999, 12, 31),
    )
    assert create(service, case, scale="MAISON", scale_column="X").status_code == 302
