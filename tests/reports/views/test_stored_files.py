"""Kept files on the site: who gets them, what a damaged or a huge one says, joining to a row."""

import io
import itertools
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from backoffice.federation.bounded import MOST_SENT
from backoffice.federation.models import StoredFile
from backoffice.federation.storing import MAX_BYTES, keep_file
from reports.evidence.attaching import TARGETS, attach_file, files_of, join_file
from reports.models import EvidenceLink
from tests.factories import (
    AmendmentFactory,
    AwardFactory,
    ConsentFactory,
    ContractLineFactory,
    DeadlineFactory,
    EvidenceLinkFactory,
    FederationMemberFactory,
    InvoiceFactory,
    MembershipFactory,
    OrganisationFactory,
    StoredFileFactory,
    SupplierFactory,
    WorkerDocumentFactory,
    WorkerFactory,
)
from tests.federation.test_storing import SVG, a_pdf

_DIFFERENT = itertools.count(1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def keep(organisation, content: bytes | None = None, name: str = "Reçu de Dupont.pdf"):
    upload = SimpleUploadedFile(name, content or a_pdf())
    types = frozenset({"application/pdf"})
    return keep_file(organisation=organisation, upload=upload, types=types, by=None)


def words(response) -> str:
    return response.content.decode().replace("&#x27;", "'")


def test_a_kept_file_comes_back_as_it_was_with_its_name_and_can_run_nothing(service):
    row = keep(service.organisation)
    answer = service.client.get(f"/fichiers/{row.pk}/")
    assert answer.content == a_pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''Re%C3%A7u%20de%20Dupont.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_file_of_another_service_and_a_forged_number_do_not_exist(service, other):
    row = keep(service.organisation)
    for number in (row.pk, 10**30, 0):
        assert other.client.get(f"/fichiers/{number}/").status_code == 404
    anonymous = Client().get(f"/fichiers/{row.pk}/")
    assert anonymous.headers["Location"].startswith("/connexion/")


def test_the_federation_gets_a_file_under_the_consent_of_the_service_only(
    service, time_machine_day
):
    row = keep(service.organisation)
    client = Client()
    client.force_login(FederationMemberFactory(role="finance").user)
    ConsentFactory()  # of another service
    assert client.get(f"/fichiers/{row.pk}/").status_code == 404
    ConsentFactory(organisation=service.organisation)
    assert client.get(f"/fichiers/{row.pk}/").status_code == 200


@pytest.fixture
def time_machine_day(monkeypatch):
    """A day inside the consent of the factory."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a, **_k: date(2026, 6, 1))


@pytest.mark.parametrize("harm", ["changed", "cut", "longer", "gone"])
def test_a_damaged_file_says_so_and_shows_nothing_of_itself(service, harm, caplog):
    row = keep(service.organisation)
    path, whole = Path(row.file.path), a_pdf()
    if harm == "gone":
        path.unlink()
    else:
        left = {"changed": b"#" + whole[1:], "cut": whole[:-1], "longer": whole + b"x"}[harm]
        path.write_bytes(left)
    answer = service.client.get(f"/fichiers/{row.pk}/")
    assert answer.status_code == 500
    assert "Ce fichier est endommagé" in words(answer)
    assert "Dupont" not in words(answer) + caplog.text
    assert f"stored file {row.pk} is damaged" in caplog.text


def targets_of(organisation) -> dict[str, object]:
    award = AwardFactory(organisation=organisation, reference="LETTRE-7")
    worker = WorkerFactory(organisation=organisation, number="W77")
    supplier = SupplierFactory(organisation=organisation, code="F-77")
    return {
        "award": award,
        "amendment": AmendmentFactory(award=award),
        "deadline": DeadlineFactory(award=award),
        "contract_line": ContractLineFactory(worker=worker),
        "worker_document": WorkerDocumentFactory(worker=worker),
        "invoice": InvoiceFactory(organisation=organisation, supplier=supplier, piece="A-77"),
    }


@pytest.mark.parametrize("kind", TARGETS)
def test_a_file_is_joined_to_each_kind_of_row_and_goes_back_to_its_page(service, kind):
    row = targets_of(service.organisation)[kind]
    data = {"file": SimpleUploadedFile("lettre.pdf", a_pdf()), "back": "/echeances/"}
    answer = service.client.post(f"/fichiers/joindre/{kind}/{row.pk}/", data)
    assert answer.headers["Location"] == "/echeances/"
    link = files_of(kind, row).get()
    assert link.file.name == "lettre.pdf"
    assert link.attached_by == link.file.kept_by
    assert link.file.organisation == service.organisation


@pytest.mark.parametrize("kind", TARGETS)
def test_nobody_joins_a_file_to_a_row_of_another_service(service, other, kind):
    row = targets_of(service.organisation)[kind]
    data = {"file": SimpleUploadedFile("lettre.pdf", a_pdf())}
    answer = other.client.post(f"/fichiers/joindre/{kind}/{row.pk}/", data)
    assert answer.status_code == 404
    assert not StoredFile.objects.exists()


def test_the_director_sees_files_and_joins_none(service):
    deadline = DeadlineFactory(award=service.award)
    keep_link = EvidenceLinkFactory(award=None, deadline=deadline, file=keep(service.organisation))
    director = Client()
    director.force_login(MembershipFactory(organisation=service.organisation, role="director").user)
    page = words(director.get(f"/echeances/{deadline.pk}/"))
    assert f'href="/fichiers/{keep_link.file_id}/"' in page
    assert "Joindre" not in page
    address = f"/fichiers/joindre/deadline/{deadline.pk}/"
    data = {"file": SimpleUploadedFile("lettre.pdf", a_pdf())}
    assert director.post(address, data).status_code == 403
    assert director.post(f"/fichiers/{keep_link.pk}/retirer/", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG, "Le contenu du fichier n'est pas l'un des types attendus"),
        (b"", "Le fichier est vide"),
    ],
    ids=["svg with a script", "empty"],
)
def test_a_refused_file_says_why_and_keeps_nothing(service, content, said):
    data = {"file": SimpleUploadedFile("facture.pdf", content), "back": service.page}
    address = f"/fichiers/joindre/award/{service.award.pk}/"
    answer = service.client.post(address, data, follow=True)
    assert said in words(answer)
    assert not StoredFile.objects.exists()


def test_the_same_file_is_joined_once_and_nothing_is_left_of_the_second(service, media):
    attach_file(kind="award", row=service.award, upload=_lettre(), by=None)
    data = {"file": _lettre(), "back": service.page}
    address = f"/fichiers/joindre/award/{service.award.pk}/"
    assert "déjà joint" in words(service.client.post(address, data, follow=True))
    assert StoredFile.objects.count() == 1
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def _lettre() -> SimpleUploadedFile:
    return SimpleUploadedFile("lettre.pdf", a_pdf())


def test_a_file_goes_back_to_no_other_site(service):
    data = {"file": _lettre(), "back": "https://ailleurs.example/"}
    answer = service.client.post(f"/fichiers/joindre/award/{service.award.pk}/", data)
    assert answer.headers["Location"] == "/dossiers/"


def test_a_file_is_taken_off_with_a_reason_and_its_original_stays(service):
    link = attach_file(kind="award", row=service.award, upload=_lettre(), by=None)
    address = f"/fichiers/{link.pk}/retirer/"
    asked = service.client.post(address, {"reason": " ", "back": service.page}, follow=True)
    assert "Indiquez le motif." in words(asked)
    assert EvidenceLink.objects.exists()
    service.client.post(address, {"reason": "Mauvaise lettre"})
    assert not EvidenceLink.objects.exists()
    assert service.client.get(f"/fichiers/{link.file_id}/").status_code == 200


def test_a_file_of_one_organisation_proves_no_row_of_another(service):
    file = keep(OrganisationFactory())
    with pytest.raises(ValueError, match="another organisation"):
        join_file(kind="award", row=service.award, file=file, by=None)


def test_the_database_holds_exactly_one_row_for_each_link(service):
    file = StoredFileFactory(organisation=service.organisation)
    both = {"award": service.award, "deadline": DeadlineFactory(award=service.award)}
    for proved in ({}, both):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvidenceLink(file=file, **proved).save()


def test_the_panel_asks_as_many_queries_for_twenty_files_as_for_one(
    service, django_assert_num_queries, django_assert_max_num_queries
):
    deadline = DeadlineFactory(award=service.award)

    def add() -> None:
        content = a_pdf() + b"%" + str(next(_DIFFERENT)).encode()
        upload = SimpleUploadedFile("lettre.pdf", content)
        user = MembershipFactory(organisation=service.organisation).user
        attach_file(kind="deadline", row=deadline, upload=upload, by=user)

    add()
    with django_assert_max_num_queries(200) as one:
        service.client.get(f"/echeances/{deadline.pk}/")
    for _ in range(20):
        add()
    with django_assert_num_queries(len(one)):
        page = words(service.client.get(f"/echeances/{deadline.pk}/"))
    assert page.count("download>lettre.pdf") == 21


class Endless(io.RawIOBase):
    """A multipart body with one text field after a file of many bytes; never whole in memory."""

    name = "scan.pdf"
    boundary = "limite"

    def __init__(self, size: int) -> None:
        head = (
            f"--{self.boundary}\r\nContent-Disposition: form-data; "
            f'name="file"; filename="{self.name}"\r\nContent-Type: application/pdf\r\n\r\n'
        ).encode()
        back = f'--{self.boundary}\r\nContent-Disposition: form-data; name="back"\r\n\r\n'
        tail = f"\r\n{back}/echeances/\r\n--{self.boundary}--\r\n".encode()
        self.parts = [head, size, tail]
        self.length = len(head) + size + len(tail)
        self.read_so_far = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        size = 65536 if size < 0 else size
        out = b""
        while self.parts and len(out) < size:
            first, room = self.parts[0], size - len(out)
            if isinstance(first, int):
                taken = min(first, room)
                out += bytes(taken)
                self.parts[0] = first - taken
                if first == taken:
                    self.parts.pop(0)
            else:
                out += first[:room]
                self.parts[0] = first[room:]
                if not self.parts[0]:
                    self.parts.pop(0)
        self.read_so_far += len(out)
        return out


def sent(service, body: Endless):
    return service.client.generic(
        "POST",
        f"/fichiers/joindre/award/{service.award.pk}/",
        **{
            "wsgi.input": body,
            "CONTENT_TYPE": f"multipart/form-data; boundary={body.boundary}",
            "CONTENT_LENGTH": str(body.length),
        },
    )


def test_two_hundred_megabytes_are_refused_in_words_and_the_other_answers_are_read(
    service, media, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    body = Endless(200 * 1024 * 1024)
    tracemalloc.start()
    answer = sent(service, body)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MAX_BYTES
    assert answer.headers["Location"] == "/echeances/"  # a field after the file in the body
    assert "dépasse 20 Mo" in words(service.client.get("/echeances/"))
    assert not media.exists()
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) == 0


def test_a_request_beyond_any_form_is_refused_before_it_is_read(service):
    body = Endless(MOST_SENT)
    answer = sent(service, body)
    assert answer.status_code == 413
    assert "refusé avant d'être lu" in words(answer)
    assert body.read_so_far == 0
