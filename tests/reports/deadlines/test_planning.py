"""Deadlines are planned after an import, at a roll-over and on request; one day everywhere."""

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from grants.models import Award, Deadline, DeadlineEvent, Instalment
from grants.scheme import Scheme
from grants.services.deadlines import close_deadline, move_deadline, plan_deadlines
from reports.exchange.importer import import_workbook
from tests.factories import AwardFactory, OrganisationFactory, TermFactory
from tests.reports.checks.situations import service
from tests.reports.exchange.workbooks import Rows, applied, changed, plain_rows, write
from tests.reports.year.former_year import END, FIRST, former_year

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 1)


def with_a_casg(rows: Rows) -> None:
    rows["awards"][1]["scheme"] = "cocof_casg"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("deadlines", *arguments, stdout=out)
    return out.getvalue()


def test_an_import_writes_the_deadlines_of_its_year_once(tmp_path: Path) -> None:
    path = changed(tmp_path, with_a_casg)
    import_workbook(path, dry_run=True)
    assert not Deadline.objects.exists()
    applied(path)
    days = [date(2025, 4, 15), date(2025, 6, 30)]
    found = Deadline.objects.order_by("due_on").values_list("award__reference", "due_on")
    assert list(found) == [("COC-24", day) for day in days]
    assert import_workbook(path).nothing_changed
    assert Deadline.objects.count() == 2


def test_an_award_may_leave_the_workbook_only_while_nobody_followed_its_deadlines(
    tmp_path: Path,
) -> None:
    applied(changed(tmp_path, with_a_casg))
    row = Deadline.objects.earliest("due_on")
    event = DeadlineEvent.objects.create(
        deadline=row, kind="kept", reason="Vu", day_before=row.due_on, day_after=row.due_on,
        state_before="open", state_after="open",
    )  # fmt: skip
    emptied = {name: rows if name == "organisation" else [] for name, rows in plain_rows().items()}
    path = write(tmp_path, emptied)
    report = import_workbook(path, remove_absent=True)
    assert "still_needed" in {problem.code for problem in report.problems}
    event.delete()
    report = import_workbook(path, remove_absent=True)
    assert report.problems == []
    assert not Deadline.objects.exists()


def test_a_roll_over_plans_the_deadlines_of_the_new_year() -> None:
    year = former_year()
    year.apply()
    year.apply()
    found = year.renewed().deadlines.order_by("due_on").values_list("year", "due_on")
    assert list(found) == [(2025, date(2026, 4, 15)), (2025, date(2026, 6, 30))]


def test_a_roll_over_reads_the_payments_to_expect_with_the_days_of_the_award(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    year = former_year()
    Award.objects.update(ends_on=END)
    TermFactory(award=year.award, value="100000.00", starts_on=FIRST, ends_on=END)
    asked, plain = [], Scheme.instalments_of

    def noted(self, number, moment=None, granted=None):
        asked.append((number, moment, granted))
        return plain(self, number, moment, granted)

    monkeypatch.setattr(Scheme, "instalments_of", noted)
    year.apply()
    ((number, moment, granted),) = asked
    assert (number, granted, moment.ends_on) == (2025, Decimal(100000), END)
    assert Instalment.objects.count() == 3


def test_the_command_plans_every_organisation_and_says_which_days_are_to_be_written() -> None:
    casg = AwardFactory(scheme="cocof_casg", reference="CASG")
    AwardFactory(scheme="cocom_facultative", reference="FAC", organisation=casg.organisation)
    OrganisationFactory(name="Une autre")
    said = run("--year", "2024")
    assert "2 échéances inscrites pour 2024" in said
    assert "15/04/2025  CASG  Pièces justificatives" in said
    assert "jour à encoder  FAC" in said
    assert "Une autre" in said
    again = run("--year", "2024", "--organisation", casg.organisation.enterprise_number)
    assert "0 échéance inscrite pour 2024" in again
    with pytest.raises(CommandError, match="n'est pas une année"):
        run("--year", "vingt")


def test_a_dossier_shows_the_stored_day_and_no_other() -> None:
    place = service()
    award = place.funded("cocof_casg")
    plan_deadlines(organisation=place.organisation, year=2024, known_on=TODAY)
    first = place.dossier(award).next_deadline
    assert first is not None
    assert first.due_on == date(2025, 4, 15)
    move_deadline(
        deadline=award.deadlines.get(code="pieces"), to=date(2025, 5, 9), reason="Report",
        by=None, known_on=TODAY,
    )  # fmt: skip
    moved = place.dossier(award)
    assert moved.next_deadline is not None
    assert moved.next_deadline.due_on == date(2025, 5, 9)
    assert [line.due_on for line in moved.deadlines if line.kind == "pieces"] == [date(2025, 5, 9)]


def test_what_is_done_is_no_next_deadline() -> None:
    place = service()
    award = place.funded("cocof_casg")
    plan_deadlines(organisation=place.organisation, year=2024, known_on=TODAY)
    close_deadline(
        deadline=award.deadlines.get(code="pieces"), on=TODAY, evidence="", by=None, today=TODAY
    )
    following = place.dossier(award).next_deadline
    assert following is not None
    assert following.due_on == date(2025, 6, 30)
