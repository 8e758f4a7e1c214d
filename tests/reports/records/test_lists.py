"""Every record's list: found, filtered, sorted, summed, exported, and kept apart."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.records.all import RECORDS
from tests.factories import AwardFactory, PostFactory, TermFactory
from tests.reports.records.reading import address, cells, listed
from tests.reports.records.situations import CASES, Case
from tests.reports.views.reading import fetched, markup, words

DAY = date(2024, 2, 1)
by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.slug)
SORTS = [
    (case, column.name) for case in CASES for column in RECORDS[case.slug].columns if column.sorts
]


def test_every_record_is_tried():
    assert {case.slug for case in CASES} == set(RECORDS)


@by_case
def test_a_list_finds_its_rows_by_text_and_counts_them(service, case: Case):
    rows = [case.add(service, n) for n in range(3)]
    page = listed(service, case)
    assert "3 lignes trouvées." in words(page)
    for row in rows:
        assert f'href="{address("record_row", case, row)}' in markup(page)
    none = service.client.get(reverse(case.slug), {"texte": "introuvable nulle part"})
    assert "Aucune ligne ne correspond" in words(none)


@by_case
def test_a_total_is_that_of_the_whole_selection_not_of_the_page(service, case: Case):
    for n in range(3):
        case.add(service, n)
    page = words(listed(service, case))
    assert ("Total de la sélection" in page) == bool(case.total)
    assert case.total in page.partition("Total de la sélection")[2]


@pytest.mark.parametrize(("case", "name"), SORTS, ids=lambda one: getattr(one, "slug", one))
def test_every_head_sorts_both_ways(service, case: Case, name: str):
    for n in range(3):
        case.add(service, n)
    up, down = (markup(listed(service, case, tri=f"{sign}{name}")) for sign in ("", "-"))
    shown = any(column.name == name and column.shown for column in RECORDS[case.slug].columns)
    assert ('aria-sort="ascending"' in up) == shown
    assert ('aria-sort="descending"' in down) == shown
    assert "3 lignes trouvées" in up
    assert "3 lignes trouvées" in down


@by_case
def test_every_choice_of_a_list_is_applied_or_said(service, case: Case):
    case.add(service, 0)
    form = listed(service, case).context["found"].form
    for choice in RECORDS[case.slug].choices:
        codes = [code for code, _words in form.fields[choice.name].choices if code]
        counts = [
            listed(service, case, **{choice.name: str(code)}).context["found"].count
            for code in codes
        ]
        assert max(counts) <= 1
        assert "n'est pas appliqué" in words(listed(service, case, **{choice.name: "yachts"}))


@by_case
def test_a_year_and_two_days_choose_the_rows_that_touch_them(service, case: Case):
    case.add(service, 0)
    spread = RECORDS[case.slug].spread
    if spread is None:
        pytest.skip("no period")
    years = listed(service, case).context["found"].form.fields["annee"].choices
    found = sum(
        listed(service, case, annee=str(year)).context["found"].count
        for year, _words in years
        if year
    )
    assert found >= (0 if case.slug == "workers" else 1)
    if not spread.years:
        assert listed(service, case, depuis="01/01/2099").context["found"].count in {0, 1}
        said = words(listed(service, case, depuis="hier"))
        assert "n'est pas une date" in said
        order = words(listed(service, case, depuis="02/01/2024", jusque="01/01/2024"))
        assert "précède le premier" in order


@by_case
def test_the_file_holds_the_selection_and_no_formula(service, case: Case):
    for n in range(3):
        case.add(service, n)
    file = reverse("records_file", args=[case.slug])
    rows = cells(fetched(service.client, file, {"texte": case.text, **case.noise}))
    heads = [str(one.label) for one in RECORDS[case.slug].columns if one.filed]
    start = next(place for place, row in enumerate(rows) if row[0] == heads[0])
    assert len([row for row in rows[start + 1 :] if row[1] == service.organisation.name]) == 3
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert [t for t in texts if t.startswith(("=", "+", "@")) and "SUBTOTAL" not in t] == []


@by_case
def test_the_part_of_a_list_is_that_of_its_page(service, case: Case):
    for n in range(3):
        case.add(service, n)
    query = {"texte": case.text, **case.noise}
    part = service.client.get(reverse(case.slug), query, headers={"HX-Request": "true"})
    page = service.client.get(reverse(case.slug), query)

    def plain(response):
        return [
            line for line in response.content.decode().splitlines() if "csrfmiddleware" not in line
        ]

    whole = "\n".join(plain(page))
    assert "\n".join(plain(part)).strip() in whole
    assert "<html" not in part.content.decode()


@by_case
def test_a_list_asks_as_many_queries_for_one_row_as_for_fifty(
    service, case: Case, django_assert_num_queries
):
    case.add(service, 0)
    listed(service, case)
    with CaptureQueriesContext(connection) as one:
        listed(service, case)
    for n in range(1, 21):
        case.add(service, n)
    with django_assert_num_queries(len(one)):
        listed(service, case)


@by_case
def test_the_rows_of_another_service_are_neither_listed_nor_opened(service, other, case: Case):
    row = case.add(other, 0)
    page = markup(listed(service, case))
    assert f'href="{address("record_row", case, row)}"' not in page
    assert service.client.get(address("record_row", case, row)).status_code == 404
    number = other.organisation.enterprise_number
    asked = {"organisation": number}
    assert service.client.get(reverse(case.slug), asked).status_code == 404
    file = reverse("records_file", args=[case.slug])
    assert service.client.post(file, query_params=asked).status_code == 404


@by_case
def test_the_page_of_a_row_says_what_it_holds(service, case: Case):
    row = case.add(service, 0)
    page = service.client.get(address("record_row", case, row))
    assert RECORDS[case.slug].title(row) in markup(page)


def test_the_awards_show_what_their_letter_grants_and_its_total(service):
    for reference, amount in (("G-1", "50000.00"), ("G-2", "1250.50")):
        award = AwardFactory(organisation=service.organisation, reference=reference)
        TermFactory(award=award, value=amount)
    AwardFactory(organisation=service.organisation, reference="G-3")
    page = words(service.client.get(reverse("awards"), {"texte": "G-"}))
    assert "50 000,00" in page
    assert "inconnu calculé dans le dossier" in page
    assert "51 250,50 1 sans montant écrit" in page.partition("Total de la sélection")[2]


def test_an_award_of_a_past_year_shows_the_amount_of_its_last_exercise(service):
    award = AwardFactory(organisation=service.organisation, reference="G-1")
    TermFactory(award=award, value="100.00", ends_on=None)
    page = words(service.client.get(reverse("awards"), {"texte": "G-1", "au": "2030-06-01"}))
    assert "100,00" in page.partition("Total de la sélection")[2]


def test_amounts_of_terms_are_written_as_amounts_in_the_list_and_on_their_page(service):
    term = TermFactory(award=service.award, code="ceiling", value="36480.00", starts_on=DAY)
    rate = TermFactory(award=service.award, code="index_rate", value="0.985")
    for page in (
        words(service.client.get(reverse("terms"))),
        words(service.client.get(reverse("record_row", args=["awards", service.award.pk]))),
    ):
        assert "36 480,00 €" in page
        assert "98,5 %" in page
    one = words(service.client.get(reverse("record_row", args=["terms", term.pk])))
    assert "36 480,00 €" in one.partition("Historique")[0]
    assert "36480.00" not in one.partition("Historique")[0]
    assert "98,5 %" in words(service.client.get(reverse("record_row", args=["terms", rate.pk])))


@pytest.mark.parametrize(
    ("year", "total"), [("2023", "1,00"), ("2024", "1,50"), ("", "0,50")], ids=str
)
def test_full_time_equivalents_are_summed_on_one_day_never_over_years(service, year, total):
    award = AwardFactory(organisation=service.organisation, starts_on=date(2023, 1, 1))
    for code, fte, first, last in (
        ("Q1", "1", date(2023, 1, 1), date(2024, 12, 31)),
        ("Q2", "0.5", date(2024, 1, 1), None),
    ):
        PostFactory(award=award, code=code, fte=fte, starts_on=first, ends_on=last)
    page = words(service.client.get(reverse("posts"), {"texte": "Q", "annee": year}))
    foot = page.partition("Total de la sélection")[2]
    assert f"{total} en vigueur au" in foot
    assert (f"Année {year}." if year else "Toutes les années.") in page
