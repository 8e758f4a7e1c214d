"""The file of each worker: what lacks, what was not sent, what a document does not prove."""

from dataclasses import replace
from datetime import date

import pytest

from grants.models import Award, Post
from grants.pack import FunctionRow
from grants.scheme import schemes
from reports.dossier import Check
from reports.justifications import award_dossier
from tests.factories import ContractLineFactory, WorkerDocumentFactory, WorkerFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db
ARTICLE = (
    "Décret du 5 mars 2009, art. 97 ; transmis depuis 2024 : deux lectures, "
    "1er janvier 2024 ou 29 avril 2024"
)


def with_file(place: Service, **changed: object) -> None:
    """A whole file of the plain worker: nothing lacks, all of it sent."""
    for kind, fields in {
        "diploma": {"level": "bachelor"},
        "contract": {"dated_on": date(2021, 12, 20)},
        "seniority": {"months": 76},
    }.items():
        plain = {"worker": place.worker, "kind": kind, "reference": f"{kind}-1"}
        WorkerDocumentFactory(**{**plain, **fields, **changed})


def files(place: Service, award: Award, as_of: date = date(2025, 3, 1)) -> list[Check]:
    """Every finding on the files of the workers."""
    kinds = ("worker_file", "worker_document", "contract_without", "seniority", "diploma")
    return [one for one in place.dossier(award, as_of).checks if one.code.startswith(kinds)]


def test_a_whole_file_raises_nothing() -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    assert files(place, award) == []


def test_a_file_of_which_nothing_was_entered_is_unknown_and_not_missing() -> None:
    place = service()
    award = place.funded("cocof_casg")
    (check,) = files(place, award)
    assert (check.code, check.level, check.article) == ("worker_file_unknown", "warning", ARTICLE)


@pytest.mark.parametrize("scheme", ["cocom_cap", "maribel", "cocof_facultative"])
def test_a_scheme_that_asks_for_no_file_says_nothing_of_it(scheme: str) -> None:
    place = service()
    award = place.funded(scheme)
    WorkerDocumentFactory(worker=place.worker, kind="derogation", transmitted_on=None)
    assert files(place, award) == []


@pytest.mark.parametrize(
    ("as_of", "level"),
    [(date(2024, 12, 31), "warning"), (date(2025, 1, 1), "error")],
    ids=["the last day of the exercise", "the day after"],
)
def test_a_missing_diploma_blocks_once_the_exercise_is_over(as_of: date, level: str) -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    place.worker.documents.filter(kind="diploma").delete()
    (check,) = files(place, award, as_of)
    assert (check.code, check.level, check.who) == ("worker_document_missing", level, "W01")
    assert "diplôme" in check.message
    assert "contrat" not in check.message


def test_before_2024_the_file_had_to_exist_and_not_to_be_sent() -> None:
    place = service()
    award = place.award("cocof_casg")
    Award.objects.filter(pk=award.pk).update(starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    place.assign(award, starts_on=date(2023, 3, 1), ends_on=date(2023, 3, 31))
    Post.objects.update(starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    type(place.month).objects.update(month=date(2023, 3, 1))
    WorkerDocumentFactory(worker=place.worker, kind="contract", transmitted_on=None)
    WorkerDocumentFactory(worker=place.worker, kind="seniority", months=76, transmitted_on=None)
    found = files_of_2023(place)
    assert [(one.code, one.level) for one in found] == [("worker_document_missing", "warning")]


def files_of_2023(place: Service) -> list[Check]:
    dossier = award_dossier(place.organisation, "A", 2023, date(2025, 3, 1))
    return [one for one in dossier.checks if one.code.startswith("worker_")]


def test_the_file_of_a_worker_who_is_not_on_the_award_is_not_asked_for() -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    ContractLineFactory(worker=WorkerFactory(organisation=place.organisation))
    assert files(place, award) == []


def test_a_document_received_later_was_not_there_on_an_earlier_day() -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    place.worker.documents.filter(kind="diploma").update(received_on=date(2025, 2, 28))
    assert [c.code for c in files(place, award, date(2025, 2, 27))] == ["worker_document_missing"]
    assert files(place, award, date(2025, 2, 28)) == []


def test_a_document_that_was_not_sent_since_2024_is_a_warning_that_names_it() -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    place.worker.documents.filter(kind="contract").update(transmitted_on=None)
    place.worker.documents.filter(kind="seniority").update(transmitted_on=date(2025, 4, 1))
    (check,) = files(place, award)
    assert (check.code, check.level) == ("worker_document_not_transmitted", "warning")
    assert "contract-1" in check.message
    assert "seniority-1" in check.message
    assert "diploma-1" not in check.message


def second_line(place: Service, **changed: object) -> None:
    place.contract.ends_on = date(2024, 2, 29)
    place.contract.save()
    plain = {"starts_on": date(2024, 3, 1), "evidence": "AV-1", "scale_column": "gradue"}
    ContractLineFactory(worker=place.worker, **{**plain, **changed})


@pytest.mark.parametrize(
    ("dated_on", "reference", "found"),
    [
        (date(2024, 2, 20), "X", []),
        (date(2024, 3, 15), "X", []),
        (date(2022, 1, 2), "X", []),
        (date(2022, 1, 1), "X", ["contract_without_document"]),
        (date(2021, 12, 1), "AV-1", []),
    ],
    ids=["signed before", "signed after", "second day", "first day", "named by the line"],
)
def test_a_change_of_contract_has_an_amendment_of_its_own_time_or_names_it(
    dated_on: date, reference: str, found: list[str]
) -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    second_line(place)
    WorkerDocumentFactory(
        worker=place.worker, kind="amendment", reference=reference, dated_on=dated_on
    )
    assert [check.code for check in files(place, award)] == found


def test_a_line_that_starts_after_the_last_contract_document_says_both_days() -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    second_line(place)
    (check,) = files(place, award)
    assert (check.level, check.month) == ("warning", "2024-03")
    assert "01/03/2024" in check.message
    assert "20/12/2021" in check.message


@pytest.mark.parametrize(
    ("months", "found"),
    [(76, []), (75, ["seniority_not_proven"]), (None, [])],
    ids=["all of it", "a month less", "months not stated"],
)
def test_seniority_from_before_the_contract_is_proven_when_the_attestations_say_months(
    months: int | None, found: list[str]
) -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    place.worker.documents.filter(kind="seniority").update(months=months)
    assert [check.code for check in files(place, award)] == found


def test_several_attestations_add_up_and_none_proves_nothing() -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    place.worker.documents.filter(kind="seniority").update(months=40)
    WorkerDocumentFactory(worker=place.worker, kind="seniority", months=36)
    assert files(place, award) == []
    place.worker.documents.filter(kind="seniority").delete()
    (check,) = files(place, award)
    assert "76 mois" in check.message
    assert "0 attestés" in check.message


def test_seniority_that_starts_with_the_contract_needs_no_attestation() -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    place.worker.documents.filter(kind="seniority").delete()
    place.contract.seniority_on = place.contract.starts_on
    place.contract.save()
    assert files(place, award) == []


@pytest.mark.parametrize(
    ("wanted", "contract", "proven", "found"),
    [
        ("bachelor", "bachelor", "", []),
        ("master", "bachelor", "", ["diploma_below_minimum"]),
        ("master", "master", "bachelor", ["diploma_below_minimum"]),
        ("master", "bachelor", "master", []),
        ("", "other", "", []),
        ("cess", "other", "", ["diploma_below_minimum"]),
    ],
)
def test_the_diploma_of_the_file_or_else_of_the_contract_reaches_that_of_the_post(
    wanted: str, contract: str, proven: str, found: list[str]
) -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    place.worker.documents.filter(kind="diploma").update(level=proven)
    type(place.contract).objects.update(diploma=contract)
    Post.objects.update(diploma=wanted)
    assert [check.code for check in files(place, award)] == found


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([(date(2024, 3, 1), date(2024, 3, 31))], []),
        ([(date(2012, 6, 30), None)], []),
        ([(date(2012, 6, 30), date(2023, 12, 31))], ["W01"]),
        ([(date(2012, 6, 30), date(2024, 3, 30))], ["W01"]),
        ([(date(2024, 3, 2), None)], ["W01"]),
        ([(date(2024, 3, 1), date(2024, 3, 15)), (date(2024, 3, 16), None)], []),
        ([(date(2024, 3, 1), date(2024, 3, 15)), (date(2024, 3, 17), None)], ["W01"]),
    ],
    ids=["its days", "no end", "before", "a day short", "a day late", "relay", "a day between"],
)
def test_a_derogation_stands_in_for_a_diploma_on_each_day_of_the_function(
    spans: list[tuple[date, date | None]], found: list[str]
) -> None:
    place = service()
    award = place.funded("cocof_casg")
    with_file(place)
    Post.objects.update(diploma="master")
    for first, last in spans:
        WorkerDocumentFactory(
            worker=place.worker, kind="derogation", dated_on=first, valid_until=last
        )
    checks = files(place, award)
    assert [one.who for one in checks] == found
    assert {(one.code, one.level) for one in checks} <= {("diploma_below_minimum", "warning")}


@pytest.mark.parametrize(("form", "found"), [("own", ["la forme"]), ("multi", [])])
def test_the_diploma_that_a_legal_form_asks_for_wins_over_the_general_one(
    monkeypatch: pytest.MonkeyPatch, form: str, found: list[str]
) -> None:
    asked = (
        FunctionRow("coordination", "master", "la forme", "confirmed", form="own"),
        FunctionRow("coordination", "cess", "toutes", "confirmed"),
    )
    scheme = replace(schemes()["cocof_cssi"], functions=asked)
    monkeypatch.setattr("grants.snapshots.schemes", lambda: {"cocof_cssi": scheme})
    place = service("CSSI")
    award = place.funded("cocof_cssi", form=form)
    with_file(place)
    Post.objects.update(function="coordination", diploma="")
    checks = [one for one in files(place, award) if one.code == "diploma_below_minimum"]
    assert [one.article for one in checks] == found


def test_the_documents_of_the_dossier_show_the_days_of_the_file_and_what_lacks() -> None:
    place = service()
    award = place.funded("cocof_casg")
    WorkerDocumentFactory(
        worker=place.worker,
        kind="contract",
        reference="CT-1",
        dated_on=date(2021, 12, 20),
        transmitted_on=date(2024, 2, 1),
    )
    lines = [line for line in place.dossier(award).evidence if line.who == "W01"]
    assert [(line.kind, line.reference, line.dated_on, line.transmitted_on) for line in lines] == [
        ("contract", "CT-1", date(2021, 12, 20), date(2024, 2, 1)),
        ("diploma", "", None, None),
        ("account", "CI-2024-03", None, None),
    ]
