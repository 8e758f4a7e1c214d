"""A final justification: refused while a point is open, then frozen, and corrected by a new one."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from backoffice.federation.models import AuditEntry
from grants.models import Award
from reports.documents.json_file import render_json
from reports.dossier import Dossier
from reports.freezing import NotFinal, finalised, freeze, open_checks, says_the_same
from reports.models import Justification, SignOff
from reports.sign_offs import NotToSign, Signature, sign_off
from tests.factories import DeadlineFactory, InstalmentFactory, ReceiptFactory, SignOffFactory
from tests.reports.checks.situations import AS_OF, TERMS, Service, service

pytestmark = pytest.mark.django_db
FILES = {"justification.json": "0" * 64}


def maribel(place: Service, **terms: str | None) -> Award:
    """An award whose costs, to confirm for every fund, somebody has accepted."""
    award = place.funded("maribel", **terms)
    SignOffFactory(award=award, subject="costs:maribel:gross")
    return award


def frozen(place: Service, award: Award, as_of: date = AS_OF) -> tuple[Justification, bool]:
    return freeze(award, finalised(award, place.dossier(award, as_of)), FILES)


def test_a_clean_dossier_is_frozen_with_its_document_and_the_digests_of_its_files() -> None:
    place = service()
    award = maribel(place)
    row, new = frozen(place, award)
    assert (new, row.version, row.replaces, row.as_of) == (True, 1, None, AS_OF)
    assert row.file_digests == FILES
    assert '"final": true' in row.document
    assert len(row.digest) == 64


def test_the_same_content_frozen_again_is_the_same_row_whatever_the_day() -> None:
    place = service()
    award = maribel(place)
    first, _ = frozen(place, award)
    later = finalised(award, place.dossier(award, date(2025, 6, 1)))
    assert (later.cover.version, later.cover.as_of) == (1, AS_OF)
    again, new = freeze(award, later, FILES)
    assert (again.pk, new) == (first.pk, False)
    assert Justification.objects.count() == 1


@pytest.mark.parametrize("scheme", sorted(TERMS))
def test_the_same_content_read_in_the_other_language_is_the_same(scheme: str) -> None:
    place = service()
    award = maribel(place) if scheme == "maribel" else place.funded(scheme)
    place.invoice(award)
    InstalmentFactory(award=award, due_on=date(2024, 4, 1), amount=Decimal("1000.00"))
    row = Justification(award=award, document=render_json(place.dossier(award)).decode())
    row.holds_names = True
    with override("nl"):
        assert says_the_same(row, place.dossier(award))


def test_what_is_frozen_in_french_and_again_in_dutch_is_one_version() -> None:
    place = service()
    award = maribel(place)
    first, _ = frozen(place, award)
    with override("nl"):
        assert "NIET DEFINITIEF" in render_json(place.dossier(award)).decode()
        again, new = frozen(place, award)
    assert (again.pk, new) == (first.pk, False)


def test_a_deadline_that_is_closed_since_makes_no_second_version() -> None:
    place = service()
    award = maribel(place)
    deadline = DeadlineFactory(award=award, year=2024, code="pieces", due_on=date(2025, 6, 30))
    first, _ = frozen(place, award)
    deadline.state, deadline.done_on = "done", date(2025, 2, 1)
    deadline.save()
    again, new = frozen(place, award)
    assert (again.pk, new) == (first.pk, False)


def test_a_changed_content_is_a_second_version_that_points_to_the_first() -> None:
    place = service()
    award = maribel(place)
    first, _ = frozen(place, award)
    document = first.document
    ReceiptFactory(award=award, amount=Decimal("1000.00"))
    second, new = frozen(place, award)
    assert (new, second.version, second.replaces) == (True, 2, first)
    first.refresh_from_db()
    assert first.document == document


def test_each_year_of_an_award_has_its_own_versions() -> None:
    place = service()
    award = maribel(place)
    frozen(place, award)
    Justification.objects.update(year=2023)
    row, _ = frozen(place, award)
    assert (row.version, row.replaces) == (1, None)


@pytest.mark.parametrize("changed", [{"ceiling": None}, {"granted": "9000.00"}])
def test_an_error_or_an_unsigned_warning_keeps_it_a_draft(changed: dict[str, str | None]) -> None:
    place = service()
    award = maribel(place, **changed)
    with pytest.raises(NotFinal) as caught:
        frozen(place, award)
    assert caught.value.open_checks == open_checks(place.dossier(award))
    assert Justification.objects.count() == 0


def test_a_signed_warning_is_no_longer_open_and_bears_the_name() -> None:
    place = service()
    award = maribel(place, granted="9000.00")
    (check,) = open_checks(place.dossier(award))
    signed(award, place.dossier(award), check.subject)
    dossier = place.dossier(award)
    assert open_checks(dossier) == ()
    names = {one.subject: one.signed_by for one in dossier.checks if one.level == "warning"}
    assert names[check.subject] == "Directrice"
    assert set(names) == {check.subject, "costs:maribel:gross"}
    assert frozen(place, award)[1]


def test_an_error_cannot_be_signed_off_even_by_a_row_in_the_database() -> None:
    place = service()
    award = place.funded("maribel", fund=None)
    (check,) = [one for one in open_checks(place.dossier(award)) if "fund" in one.subject]
    with pytest.raises(NotToSign):
        signed(award, place.dossier(award), check.subject)
    SignOffFactory(award=award, subject=check.subject)
    with pytest.raises(NotFinal):
        frozen(place, award)


def test_a_point_is_signed_once_and_a_point_that_is_not_there_never() -> None:
    place = service()
    award = maribel(place, granted="9000.00")
    dossier = place.dossier(award)
    signed(award, dossier, "unused:600000")
    with pytest.raises(NotToSign, match="Directrice"):
        signed(award, dossier, "unused:600000")
    with pytest.raises(NotToSign):
        signed(award, dossier, "invented")


def test_a_signature_of_another_year_does_not_count() -> None:
    place = service()
    award = maribel(place, granted="9000.00")
    SignOffFactory(award=award, subject="unused:600000", year=2023)
    assert [check.subject for check in open_checks(place.dossier(award))] == ["unused:600000"]


def signed(award: Award, dossier: Dossier, subject: str) -> SignOff:
    by = Signature("Directrice", "vérifié")
    return sign_off(award=award, dossier=dossier, subject=subject, by=by, on=AS_OF)


def test_the_trail_says_why_a_warning_was_accepted() -> None:
    place = service()
    award = maribel(place, granted="9000.00")
    signed(award, place.dossier(award), "unused:600000")
    told = AuditEntry.objects.filter(model="reports.signoff").order_by("pk").last()
    assert told.reason == "vérifié"


def test_coming_back_to_an_earlier_content_is_a_new_version_and_not_the_corrected_one() -> None:
    place = service()
    award = maribel(place)
    frozen(place, award)
    receipt = ReceiptFactory(award=award, amount=Decimal("1000.00"))
    second, _ = frozen(place, award)
    receipt.delete()
    third, new = frozen(place, award)
    assert (new, third.version, third.replaces) == (True, 3, second)
