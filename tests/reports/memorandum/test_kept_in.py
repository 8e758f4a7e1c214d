"""No file of a memorandum says what one service receives, nor whose data it is made of."""

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import transaction
from django.template.loader import render_to_string

from backoffice.federation.models import Organisation
from grants.models import Award, Term
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.memorandum import Memorandum
from reports.memorandum.pdf_file import PAGE, shown
from reports.memorandum.writing import render_files
from staffing.models import Worker
from tests.factories import InstalmentFactory, TermFactory
from tests.reports.memorandum.alike import AS_OF, YEAR, Small, alike, fund

pytestmark = pytest.mark.django_db
SECRETS = ("LETTRE-SECRET-17", "2-SECRET-OWN", "41234.56", "41234,56", "41 234,56")


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> tuple[Memorandum, frozenset[str]]:
    """A memorandum, and every word of its rows that names a service, a person or an award."""
    with django_db_blocker.unblock(), transaction.atomic():
        alike(lambda small: fund(small, "acs"))
        alike(lambda small: fund(small, "cocom_cap", granted="41234.56"), kind="CAP")
        alike(lambda small: fund(small, "ape", index_rate="0.9871"), kind="ILI")
        for place, award in enumerate(Award.objects.order_by("pk")):
            award.reference = f"{place}-SECRET-OWN"
            award.save(update_fields=["reference"])
        Term.objects.update(letter_reference="LETTRE-SECRET-17")
        words = frozenset(_words())
        memorandum = compute_memorandum(YEAR, AS_OF)
        transaction.set_rollback(True)
    return memorandum, words


def _words() -> Iterator[str]:
    for model, names in (
        (Organisation, ("name", "enterprise_number")),
        (Worker, ("identity__name", "number")),
        (Award, ("reference",)),
        (Term, ("letter_reference",)),
    ):
        for row in model.objects.values_list(*names):  # type: ignore[attr-defined]
            yield from (str(value) for value in row if len(str(value)) > 3)


def _texts(memorandum: Memorandum) -> Iterator[tuple[str, str]]:
    """Everything that can be read in the three files, those attached to the PDF too."""
    files = render_files(memorandum)
    yield "page", render_to_string(PAGE, shown(memorandum))
    with pikepdf.open(BytesIO(files[f"memorandum-{YEAR}.pdf"])) as paper:
        attached = {name: one.get_file().read_bytes() for name, one in paper.attachments.items()}
    assert attached
    for where, found in (("", files), ("pdf/", attached)):
        for name, content in found.items():
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(BytesIO(content)) as book:
                    for part in book.namelist():
                        yield f"{where}{name}/{part}", book.read(part).decode()
            elif name.endswith(".json"):
                yield where + name, content.decode()


def test_no_file_holds_a_letter_an_award_an_organisation_or_a_worker(
    made: tuple[Memorandum, frozenset[str]],
) -> None:
    memorandum, words = made
    assert len(words) > 20
    for name, text in _texts(memorandum):
        assert [word for word in (*sorted(words), *SECRETS) if word in text] == [], name


def test_only_values_that_hold_for_everybody_are_listed(
    made: tuple[Memorandum, frozenset[str]],
) -> None:
    memorandum, _words = made
    listed = {use.code for use in memorandum.rules.figures}
    assert any(code.startswith("norm.") for code in listed)
    assert not [code for code in listed if code.startswith("scale.")]
    assert "ape.index_rate" not in listed
    assert "cocom_cap.granted" not in listed
    assert memorandum.rules.unlisted > 0


def test_a_term_that_is_not_listed_still_changes_the_digest() -> None:
    alike(lambda small: fund(small, "cocom_cap"), kind="CAP")
    before = compute_memorandum(YEAR, AS_OF).rules
    Term.objects.filter(code="granted").order_by("pk").first().delete()  # type: ignore[union-attr]
    award = Award.objects.exclude(terms__code="granted").get()
    TermFactory.create(award=award, code="granted", value="40000.01")
    after = compute_memorandum(YEAR, AS_OF).rules
    assert after.figures == before.figures
    assert after.digest != before.digest


def test_the_longest_delay_is_not_said_because_it_is_always_that_of_one_service() -> None:
    def late(small: Small) -> None:
        award = fund(small, "acs")
        due = date(YEAR, 2, 15)
        InstalmentFactory.create(award=award, year=YEAR, number=1, due_on=due, amount=1000)

    alike(late)
    memorandum = compute_memorandum(YEAR, AS_OF)
    assert "late.all.median_days" in {one.key for one in memorandum.entries}
    assert not [one for one in memorandum.entries if "longest" in one.key]
