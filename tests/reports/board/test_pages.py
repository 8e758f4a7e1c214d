"""The pages of scenarios: what they show, to whom, and what their sliders redraw."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.http import QueryDict

from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job
from reports.board.kept import baseline_of, data_version
from reports.board.lens import lens_of
from reports.board.parts import parts_of
from reports.documents.presses import PRESSES, PressFailed
from reports.models import StoredScenario
from reports.scenarios.services import create_scenario
from staffing.models import Worker
from tests.factories import ApprovalFactory, MembershipFactory, PayMonthFactory, WorkerFactory
from tests.reports.views.conftest import Service

pytestmark = pytest.mark.django_db
NOT_APPLIED = "Ce qui n'est pas appliqué tel quel"
PAGE = "/scenarios/comparaison/"
AU = {"au": "2025-02-01", "de": "2025", "a": "2026"}


def figures(text: str) -> str:
    """The part that the sliders redraw."""
    found = re.search(
        r'<div id="chiffres">.*?(?=<section aria-labelledby="facteurs"|\Z)', text, re.S
    )
    assert found
    return found.group().strip()


def answers(text: str) -> str:
    """One line for each scenario, which the sliders redraw too."""
    found = re.search(r'<div id="reponses".*?</div>', text, re.S)
    assert found
    return re.sub(r"(<[^>]+>|\s)+", " ", found.group()).strip()


def test_a_service_sees_what_is_planned_today(service: Service) -> None:
    page = service.client.get(PAGE, AU).content.decode()
    assert service.organisation.name in page
    assert page.count("<svg") >= 2
    assert "2025" in page
    assert "2026" in page


@pytest.mark.parametrize(
    ("language", "head", "said"),
    [
        ("fr", "Pécules de vacances dus (provision)", "elle ne s&#x27;y ajoute pas"),
        ("nl", "Verschuldigd vakantiegeld (voorziening)", "ze komt er niet bij"),
    ],
)
def test_the_holiday_pay_owed_stands_beside_the_cost_and_says_what_it_is(
    service: Service, language: str, head: str, said: str
) -> None:
    service.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = service.client.get(PAGE, AU | {"s": "index_full"})
    [owed] = answer.context["owed"]
    assert owed.label == service.organisation.name
    assert [len(row.cells) for row in owed.rows] == [2] * 4
    assert owed.rows[1].cells[0].text in {"inconnu", "onbekend"}
    assert re.sub(r"\D", "", owed.rows[0].cells[0].text) not in {"", "000"}
    page = answer.content.decode()
    assert head in page
    assert said in re.sub(r"[\xa0\u202f]", " ", page)


def test_years_that_end_before_the_last_pay_go_on_to_it(service: Service) -> None:
    PayMonthFactory(worker=Worker.objects.get(number="W01"), month=date(2026, 5, 1))
    answer = service.client.get(PAGE, {"au": "2024-02-01", "de": "2024", "a": "2024"})
    assert answer.status_code == 200
    assert answer.context["lens"].horizon.last == 2026


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"au": "1991-01-01"}, "Aucune paie n&#x27;est connue avant 2024"),
        ({"au": "2090-01-01"}, "finissez-les en 2054 au plus"),
    ],
)
def test_years_of_which_nothing_is_known_are_refused_with_the_way_out(
    service: Service, asked: dict[str, str], said: str
) -> None:
    answer = service.client.get(PAGE, asked)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert service.client.get("/scenarios/facteurs/", asked).status_code == 404
    assert service.client.get("/scenarios/explication/", asked).status_code == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Aucune valeur de l&#x27;hypothèse « coût d&#x27;un ETP master, ancienneté 10 »"),
        ("nl", "Geen waarde van de aanname “kost van een VTE master, anciënniteit 10” is van"),
    ],
)
def test_a_demand_without_its_price_says_which_assumption_lacks_and_who_signs_it(
    service: Service, language: str, said: str
) -> None:
    create_scenario(
        organisation=service.organisation,
        text='name = "x"\n[[patches]]\nkind = "post"\ntarget = "*"\nfrom = 2026-01-01\nfte = 1\n'
        'cost = { assumption = "fte_cost.master.10" }\n',
        reason="essai",
        by=User.objects.get(),
        day=date(2025, 2, 1),
    )
    row = StoredScenario.objects.get()
    service.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = service.client.get(PAGE, AU | {"s": row.pk}).content.decode()
    part = page.split('<ul class="lacking">')[1].split("</div>")[0]
    assert said in re.sub(r"[\xa0\u202f]", " ", part)
    assert 'href="/scenarios/hypotheses/' in part


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("running_to_10.wallonia_css", "1 + (10 % - part d&#x27;aujourd&#x27;hui) / 90 %"),
        ("running_alignment.wallonia_css", "la modification n&#x27;est pas comptée"),
    ],
)
def test_a_change_that_waits_for_an_assumption_says_what_to_sign_and_leads_there(
    service: Service, code: str, said: str
) -> None:
    create_scenario(
        organisation=service.organisation,
        text='name = "x"\n[[patches]]\nkind = "award"\ntarget = "*"\nfrom = 2026-01-01\n'
        f'factor = {{ assumption = "{code}" }}\nhead = "running"\n',
        reason="essai",
        by=User.objects.get(),
        day=date(2025, 2, 1),
    )
    page = service.client.get(PAGE, AU | {"s": StoredScenario.objects.get().pk}).content.decode()
    part = page.split('<ul class="lacking">')[1].split("</div>")[0]
    assert said in re.sub(r"[\xa0\u202f]", " ", part)
    assert 'href="/scenarios/hypotheses/' in part


def test_the_sliders_redraw_the_same_part_as_a_fresh_page(service: Service) -> None:
    asked = AU | {"montants": "90"}
    part = service.client.get(PAGE, asked, headers={"HX-Request": "true"}).content.decode()
    page = service.client.get(PAGE, asked).content.decode()
    assert "<html" not in part
    assert figures(page) == figures(part)
    assert answers(page) == answers(part)
    assert "Curseurs déplacés" in part


def test_a_scenario_that_is_not_theirs_does_not_exist(service: Service) -> None:
    page = service.client.get(PAGE, AU | {"s": "999999"}).content.decode()
    assert "Aujourd&#x27;hui, rien ne change" in page


def test_a_month_leads_to_its_workers_and_a_worker_to_the_article(service: Service) -> None:
    asked = AU | {"cote": "0", "annee": "2025"}
    page = service.client.get("/scenarios/explication/", asked).content.decode()
    assert "W01" in page
    link = re.search(r'href="([^"]*ligne=\d+)"', page)
    assert link
    told = service.client.get(link.group(1).replace("&amp;", "&")).content.decode()
    assert "Coût du mois" in told
    assert "Fonds propres" in told


def test_each_figure_of_the_comparison_leads_to_rows_of_its_own(service: Service) -> None:
    asked = AU | {"s": "demand_01_social_per_centre"}
    page = service.client.get(PAGE, asked).content.decode()
    links = {
        re.search(r"figure=([\w.]+)", one).group(1): one.replace("&amp;", "&")
        for one in re.findall(r'href="(/scenarios/explication/[^"]*cote=1[^"]*)"', page)
    }
    assert {"cost", "funded", "own_funds", "fte"} <= set(links)
    for address in links.values():
        told = service.client.get(address).content.decode()
        assert "Ce que le mois additionne" in told
        assert "Différence" in told
    funded = service.client.get(links["funded"]).content.decode()
    assert "MARIBEL-1" in funded
    assert 'class="badge' in funded


@pytest.mark.parametrize("wrong", [{"annee": "1999"}, {"cote": "7"}, {"mois": "3"}, {"cote": "x"}])
def test_a_figure_that_is_not_there_is_not_explained(service: Service, wrong) -> None:
    asked = AU | {"cote": "0", "annee": "2025"} | wrong
    assert service.client.get("/scenarios/explication/", asked).status_code == 404


def test_what_moves_own_funds_comes_as_a_page_and_as_a_part(service: Service) -> None:
    page = service.client.get("/scenarios/facteurs/", AU).content.decode()
    part = service.client.get("/scenarios/facteurs/", AU, headers={"HX-Request": "true"})
    assert part.content.decode().strip() in page


def test_the_note_is_a_job_whose_file_can_be_fetched(service: Service, tmp_path, settings) -> None:
    settings.DATA_DIR = tmp_path
    service.client.post("/scenarios/note/?de=2025&a=2026&au=2025-02-01")
    run_until_empty()
    job = Job.objects.get(kind="board_note")
    assert job.state == Job.State.DONE
    answer = service.client.get(job.result["page"])
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_note_that_cannot_be_printed_says_so(service: Service, monkeypatch) -> None:
    def failing(*_asked: object) -> bytes:
        raise PressFailed("no font")

    monkeypatch.setattr(PRESSES, "print", failing)
    service.client.post("/scenarios/note/?de=2025&a=2026&au=2025-02-01")
    run_until_empty()
    job = Job.objects.get(kind="board_note")
    page = service.client.get(f"/travaux/{job.pk}/").content.decode()
    assert "La note n&#x27;a pas pu être mise en page (no font)" in page


def test_the_reading_is_kept_until_a_row_changes(service: Service) -> None:
    user = service.organisation.memberships.get().user
    lens = lens_of(QueryDict(), user, service.organisation, date(2025, 2, 1))
    first = baseline_of(lens.whose, lens.horizon, lens.assumptions)
    assert baseline_of(lens.whose, lens.horizon, lens.assumptions) is first
    version = data_version()
    WorkerFactory(organisation=service.organisation, number="W77")
    assert data_version() > version
    assert baseline_of(lens.whose, lens.horizon, lens.assumptions) is not first


def test_an_act_that_is_committed_late_makes_the_reading_stale(service: Service) -> None:
    last = AuditEntry.objects.order_by("pk").last()
    last.act, number = "created", last.pk
    last.pk = number + 2
    AuditEntry.objects.bulk_create([last])
    before = data_version()
    last.pk = number + 1
    AuditEntry.objects.bulk_create([last])
    assert data_version() != before


def merged(service: Service, other: Service) -> str:
    numbers = [one.organisation.enterprise_number for one in (service, other)]
    sent = {"p-into": numbers[0], "p-absorbed": numbers[1]}
    asked = AU | {"a": "2028", "s": "merger", "organisation": numbers[0]}
    answer = service.client.post(f"/scenarios/choix/?{urlencode(asked)}", sent)
    return service.client.get(answer.url).content.decode()


def test_a_merger_runs_where_both_services_may_be_seen(service: Service, other: Service) -> None:
    user = service.organisation.memberships.get().user
    MembershipFactory(user=user, organisation=other.organisation)
    page = merged(service, other)
    assert f"{service.organisation.name} + {other.organisation.name}" in page
    assert "La fusion n" not in page
    assert NOT_APPLIED not in page


def test_a_merger_with_a_service_that_is_not_theirs_says_why(
    service: Service, other: Service
) -> None:
    page = merged(service, other)
    assert "ce service ne vous est pas ouvert" in page
    assert NOT_APPLIED in page
    assert f"+ {other.organisation.name}" not in page


def test_the_workers_of_merged_services_sum_to_their_cost_on_every_side(
    service: Service, other: Service
) -> None:
    user = service.organisation.memberships.get().user
    MembershipFactory(user=user, organisation=other.organisation)
    numbers = [one.organisation.enterprise_number for one in (service, other)]
    asked = QueryDict(f"s=merger&p-into={numbers[0]}&p-absorbed={numbers[1]}&de=2024&a=2028")
    lens = lens_of(asked, user, service.organisation, date(2025, 2, 1))
    found = lens.comparison()
    assert found.outcomes[0].refused == ()
    for side in (0, 1):
        at = 2024 * 12 + 2
        figure = found.outcomes[0].figure("cost")
        whole = figure.scenario if side else figure.baseline
        rows = parts_of(found, side, "cost", at)
        assert len(rows) == 2
        assert sum(row.amount for row in rows) == whole[at - found.base.totals.first]


def test_a_worker_is_chosen_and_stands_in_no_address(service: Service) -> None:
    asked = AU | {"s": "worker_at_half_time"}
    answer = service.client.post(f"/scenarios/choix/?{urlencode(asked)}", {"p-worker": "W01"})
    assert "W01" not in answer.url
    page = service.client.get(answer.url).content.decode()
    assert 'value="W01"' in page
    assert "choisissez d" not in page
    assert not [
        one for one in re.findall(r'(?:href|action|hx-get)="([^"]*)"', page) if "W01" in one
    ]
    forged = service.client.get(PAGE, asked | {"p-worker": "W01"}).content.decode()
    assert "choisissez d" in forged


def test_a_body_is_chosen_in_a_list_and_the_only_one_is_chosen_already(service: Service) -> None:
    asked = AU | {"s": "demands_together"}
    assert '<input id="p-federation"' in service.client.get(PAGE, asked).content.decode()
    ApprovalFactory(organisation=service.organisation, kind="BODY")
    page = service.client.get(PAGE, asked).content.decode()
    number = service.organisation.enterprise_number
    assert '<select id="p-federation"' in page
    assert f'<option value="{number}" selected>' in page


def test_the_note_knows_the_worker_that_was_chosen(service: Service) -> None:
    asked = QueryDict("s=worker_at_half_time&p-worker=W01&choix=12ab")
    user = service.organisation.memberships.get().user
    lens = lens_of(asked, user, service.organisation, date(2025, 2, 1))
    assert "W01" not in lens.query()
    again = lens_of(QueryDict(lens.sealed), user, service.organisation, date(2025, 2, 1))
    assert again.choices == {"worker": "W01"}
