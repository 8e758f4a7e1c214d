"""Awards that renew one another: refused when they cannot, stored whatever their order."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from grants.models import Award
from reports.exchange.exporter import rows_of_year
from reports.exchange.importer import import_workbook
from tests import factories as f
from tests.reports.exchange.workbooks import Rows, applied, changed, refused

pytestmark = pytest.mark.django_db


def award(rows: Rows, reference: str, year: int, **changes: Any) -> dict[str, Any]:
    return (
        rows["awards"][0]
        | {
            "reference": reference,
            "starts_on": date(year, 1, 1),
            "ends_on": date(year, 12, 31),
        }
        | changes
    )


def renewals() -> dict[str, str | None]:
    return dict(Award.objects.values_list("reference", "renews__reference"))


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_chain_of_awards_is_stored_whatever_the_order_of_its_rows(
    tmp_path: Path, *, newest_first: bool
) -> None:
    def change(rows: Rows) -> None:
        chain = [
            award(rows, "MAR-22", 2022),
            award(rows, "MAR-23", 2023, renews="MAR-22"),
            award(rows, "MAR-24", 2024, renews="mar-23"),
        ]
        rows["awards"] = [*(chain[::-1] if newest_first else chain), rows["awards"][1]]

    applied(changed(tmp_path, change))
    assert renewals() == {"MAR-22": None, "MAR-23": "MAR-22", "MAR-24": "MAR-23", "COC-24": None}
    assert import_workbook(changed(tmp_path, change)).nothing_changed


def test_an_award_renews_an_earlier_one_and_not_itself(tmp_path: Path) -> None:
    def itself(rows: Rows) -> None:
        rows["awards"][0]["renews"] = "MAR-24"

    def same_start(rows: Rows) -> None:
        rows["awards"][0]["renews"] = "COC-24"

    for change in (itself, same_start):
        problem = refused(changed(tmp_path, change), "renews_a_later_award")
        assert (problem.who, problem.field) == ("MAR-24", "Reconduit")


@pytest.mark.parametrize(
    ("difference", "word"),
    [({"scheme": "ape"}, "régime"), ({"approval": None}, "agrément")],
)
def test_an_award_renews_one_of_its_own_kind(
    tmp_path: Path, difference: dict[str, Any], word: str
) -> None:
    def change(rows: Rows) -> None:
        rows["awards"].append(award(rows, "OLD-23", 2023, **difference))
        rows["awards"][0]["renews"] = "OLD-23"

    assert word in refused(changed(tmp_path, change), "renews_another_kind").message


def test_an_award_is_renewed_once(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["awards"].append(award(rows, "MAR-23", 2023))
        for row in rows["awards"][:2]:
            row["renews"] = "MAR-23"

    assert refused(changed(tmp_path, change), "renewed_twice").who == "COC-24"


def test_the_award_that_renews_another_can_be_corrected(tmp_path: Path) -> None:
    def first(rows: Rows) -> None:
        rows["awards"].append(award(rows, "MAR-23", 2023))
        rows["awards"][0]["renews"] = "MAR-23"

    def swapped(rows: Rows) -> None:
        rows["awards"].append(award(rows, "MAR-23", 2023))
        rows["awards"][1]["renews"] = "MAR-23"

    def new_one(rows: Rows) -> None:
        rows["awards"].append(award(rows, "MAR-23", 2023))
        rows["awards"].append(award(rows, "MAR-24B", 2024, renews="MAR-23"))

    applied(changed(tmp_path, first))
    for change, expected in ((swapped, "COC-24"), (first, "MAR-24"), (new_one, "MAR-24B")):
        assert import_workbook(changed(tmp_path, change)).problems == []
        found = {renewed: own for own, renewed in renewals().items() if renewed}
        assert found == {"MAR-23": expected}


def test_the_award_that_renewed_another_can_be_replaced_at_once(tmp_path: Path) -> None:
    def before(rows: Rows) -> None:
        rows["awards"].append(award(rows, "MAR-23", 2023))
        rows["awards"].append(award(rows, "OLD-24", 2024, renews="MAR-23"))

    def after(rows: Rows) -> None:
        rows["awards"].append(award(rows, "MAR-23", 2023))
        rows["awards"].append(award(rows, "NEW-24", 2024, renews="MAR-23"))

    applied(changed(tmp_path, before))
    assert import_workbook(changed(tmp_path, after), remove_absent=True).problems == []
    assert renewals()["NEW-24"] == "MAR-23"
    assert "OLD-24" not in renewals()


def test_an_award_comes_with_all_those_that_it_renews() -> None:
    oldest = f.AwardFactory(starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31))
    own = oldest.organisation
    dated = {"starts_on": date(2023, 1, 1), "ends_on": date(2023, 12, 31)}
    before = f.AwardFactory(organisation=own, renews=oldest, **dated)
    f.AwardFactory(organisation=own, renews=before, reference="NOW")
    assert len(rows_of_year(own, 2024)["awards"]) == 3
    assert len(rows_of_year(own, 2023)["awards"]) == 2


BLANK = {"letter_reference": None, "letter_on": None, "notified_on": None}


def test_an_award_is_expected_until_its_letter_comes(tmp_path: Path) -> None:
    def expected(rows: Rows) -> None:
        rows["awards"][1] |= BLANK

    applied(changed(tmp_path, expected))
    award = Award.objects.get(reference="COC-24")
    assert award.is_expected
    assert import_workbook(changed(tmp_path, expected)).nothing_changed
    assert rows_of_year(award.organisation, 2024)["awards"][0]["letter_reference"] is None
    applied(changed(tmp_path, lambda rows: None))
    award.refresh_from_db()
    assert (award.letter_reference, award.letter_on) == ("LETTRE-1", date(2023, 12, 1))


@pytest.mark.parametrize("absent", sorted(BLANK))
def test_a_letter_that_is_encoded_in_part_is_refused(tmp_path: Path, absent: str) -> None:
    def change(rows: Rows) -> None:
        rows["awards"][0][absent] = None

    problem = refused(changed(tmp_path, change), "letter_in_part")
    assert problem.who == "MAR-24"
