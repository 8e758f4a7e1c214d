"""A frozen version that was changed where it is kept has its own page; nothing rests on it."""

import json
import logging

import pytest
from django.test import RequestFactory

from reports.damaged import DamageShown
from reports.models import Justification, VersionDamaged
from tests.factories import FederationMemberFactory, UserFactory
from tests.people import member
from tests.reports.workflow.conftest import Desk
from tests.reports.workflow.test_page import text_of

pytestmark = pytest.mark.django_db


def damage(desk: Desk, before: str, after: str) -> Justification:
    """Change the document of the sent version as only the database itself can."""
    desk.life.reach("sent")
    row = Justification.objects.get()
    assert before in row.document
    Justification.objects.update(document=row.document.replace(before, after))
    return Justification.objects.get()


def said(answer) -> str:
    assert answer.status_code == 500
    return text_of(answer).replace("&#x27;", "'")


@pytest.mark.parametrize("path", ["", "version-1/json/", "decision/", "comparaison/version/"])
def test_every_page_that_would_read_it_says_instead_what_differs_what_is_kept_and_whom_to_tell(
    desk: Desk, path: str, caplog
) -> None:
    row = damage(desk, "3000.00", "9000.00")
    page = said(desk.get(path))
    assert "A, exercice 2024 : la version 1 n'est plus celle qui a été figée" in page
    assert "Ses montants ou ses lignes diffèrent." in page
    assert row.document_digest in page
    assert "Prévenez l'administrateur du site" in page
    assert "9000.00" not in page
    assert "9 000" not in page
    noted = [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR]
    assert f"frozen version {row.pk} is not what was frozen" in noted


def test_the_files_that_the_funder_received_can_still_be_had_from_it(desk: Desk) -> None:
    row = damage(desk, "3000.00", "9000.00")
    page = said(desk.get())
    assert "sont intacts" in page
    for file in row.files.all():
        assert f'href="/fichiers/{file.stored_id}/"' in page
        assert desk.finance.get(f"/fichiers/{file.stored_id}/").status_code == 200


def test_a_sentence_that_was_changed_leaves_the_amounts_as_they_were(desk: Desk) -> None:
    marks = json.loads(damage(desk, '"marks": "', '"marks": "X').document)["marks"]
    assert marks.startswith("X")
    assert "Ses montants et ses lignes sont les mêmes" in said(desk.get())


def test_what_is_no_document_any_more_has_the_page_too(desk: Desk) -> None:
    damage(desk, "{", "")
    assert "Ses montants ou ses lignes diffèrent." in said(desk.get())


def test_who_may_not_see_the_service_is_shown_nothing_of_it(desk: Desk) -> None:
    row = damage(desk, "3000.00", "9000.00")
    shown = DamageShown(lambda request: None)
    for user in (UserFactory(), FederationMemberFactory(role="analyst").user):
        request = RequestFactory().get("/memorandum/")
        request.user = user
        assert shown.process_exception(request, VersionDamaged(row)) is None
    assert shown.process_exception(request, ValueError()) is None


def test_an_accountant_of_the_service_reads_the_page(desk: Desk) -> None:
    damage(desk, "3000.00", "9000.00")
    reader = member("accountant", desk.life.place.organisation)
    assert "plus celle qui a été figée" in said(reader.get(desk.page))
