"""The six levels of FTE are read each from its own rows, and never mixed."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.federation.models import Site
from staffing.models import PayMonth
from tests.factories import (
    ApprovalFactory,
    ApprovedPositionFactory,
    FigureEntryFactory,
    SiteFactory,
)
from tests.reports.memorandum.alike import YEAR, Small, alike, found, fund

pytestmark = pytest.mark.django_db


def test_the_norm_of_a_casg_is_that_of_the_last_day_of_the_year_and_doubtful_in_2024() -> None:
    alike()
    social = found("fte_social.CASG.norm")
    assert (social.text, social.status) == ("12.00", "to_confirm")
    assert found("fte.CASG.norm").text == "16.00"


def test_the_norm_of_a_cap_is_unknown_and_its_coverage_is_nil() -> None:
    alike(kind="CAP")
    norm = found("fte.CAP.norm")
    assert (norm.state, norm.value, norm.scope, norm.known) == ("unknown", None, 4, 0)


def test_a_norm_that_nobody_splits_by_function_is_compared_with_the_whole_frame() -> None:
    FigureEntryFactory.create(code="norm.ili_total", since=date(2020, 1, 1), value="1")
    alike(
        lambda small: ApprovedPositionFactory.create(approval=small.approval, fte=Decimal("2.5")),
        kind="ILI",
    )
    gap = found("fte.ILI.norm_approved")
    assert (found("fte.ILI.norm").text, gap.text, gap.compared) == ("4.00", "-6.00", ())


def test_a_gap_names_the_functions_that_it_covers_where_a_side_covers_more() -> None:
    def frame(small: Small) -> None:
        for function, fte in (("social", 2), ("coordination", 1)):
            ApprovedPositionFactory.create(
                approval=small.approval, code=function, function=function, fte=Decimal(fte)
            )

    alike(frame)
    # Norm: 4 x (3 social + 1 administration), approved: 4 x 3; the gap leaves coordination out.
    gap = found("fte.CASG.norm_approved")
    assert (found("fte.CASG.norm").text, found("fte.CASG.approved").text) == ("16.00", "12.00")
    assert (gap.text, gap.compared) == ("8.00", (("social", "administration"),))
    assert found("fte_social.CASG.norm_approved").compared == ()
    assert found("fte.CASG.approved_funded").compared == ()


def test_the_target_adds_half_a_social_worker_for_each_antenna_open_at_the_end_of_the_year() -> (
    None
):
    def antennas(small: Small) -> None:
        SiteFactory.create(approval=small.approval, kind=Site.Kind.ANTENNA)
        SiteFactory.create(
            approval=small.approval, kind=Site.Kind.ANTENNA, ends_on=date(YEAR, 12, 30)
        )

    alike(antennas)
    assert found("fte_social.CASG.target").text == "22.00"


def test_approved_counts_the_positions_in_force_on_the_last_day_of_the_year() -> None:
    def frame(small: Small) -> None:
        for code, ends_on in (("A", None), ("B", date(YEAR, 12, 31)), ("C", date(YEAR, 12, 30))):
            ApprovedPositionFactory.create(
                approval=small.approval, code=code, fte=Decimal("1.5"), ends_on=ends_on
            )

    alike(frame)
    assert found("fte.CASG.approved").text == "12.00"


def test_a_gap_covers_only_the_services_where_both_sides_are_known() -> None:
    def frame(small: Small) -> None:
        if small.number < 4:
            ApprovedPositionFactory.create(approval=small.approval, fte=Decimal(2))

    alike(frame, count=9)
    gap = found("fte_social.CASG.norm_approved")
    assert (gap.text, gap.scope, gap.known) == ("4.00", 9, 4)


def test_a_post_is_funded_for_the_days_of_the_year_that_its_award_covers() -> None:
    alike(lambda small: fund(small, "cocof_facultative", since=date(YEAR, 7, 1)))
    assert found("fte.CASG.funded").text == "2.0109"  # 4 x 184 / 366


def test_hours_that_two_awards_finance_count_once_in_all_and_with_each_funder() -> None:
    def two(small: Small) -> None:
        fund(small, "acs")
        fund(small, "cocof_facultative")

    alike(two)
    assert found("funded_sector.CASG.actiris_acs").text == "4.00"
    assert found("funded_sector.CASG.commission_communautaire_francaise_cocof").text == "4.00"
    assert found("funded_sector.CASG.shared").text == "4.00"
    assert found("fte.CASG.funded").text == "4.00"


def test_paid_leaves_out_unpaid_hours_and_present_leaves_out_a_month_of_absence() -> None:
    def absences(small: Small) -> None:
        months = PayMonth.objects.filter(worker=small.worker)
        months.filter(month=date(YEAR, 3, 1)).update(paid_hours=40, unpaid_hours=120)
        months.filter(month=date(YEAR, 4, 1)).update(paid_hours=0, assimilated_hours=160)
        months.filter(month=date(YEAR, 5, 1)).update(paid_hours=0, unpaid_hours=160)

    alike(absences)
    assert found("fte.CASG.paid").text == "3.4167"  # 4 x (9 + 1/4 + 1 + 0) / 12
    assert found("fte.CASG.present").text == "3.0833"  # 4 x (9 + 1/4) / 12
    assert found("fte.CASG.paid_present").text == "0.3333"


def test_a_part_timer_counts_for_her_hours_over_those_of_a_full_time() -> None:
    def part_time(small: Small) -> None:
        small.contract.weekly_hours = Decimal("28.50")
        small.contract.save()

    alike(part_time)
    assert found("fte.CASG.paid").text == "3.00"


def test_a_year_with_a_month_without_any_pay_is_unknown_not_smaller() -> None:
    def forget(small: Small) -> None:
        months = PayMonth.objects.filter(worker=small.worker, month=date(YEAR, 12, 1))
        months.get().items.all().delete()
        months.delete()

    alike(forget)
    assert found("fte.CASG.paid").state == "unknown"


def test_work_without_approval_at_an_employer_with_two_is_unknown_for_both() -> None:
    def second(small: Small) -> None:
        ApprovalFactory.create(organisation=small.organisation, kind="SASPP", code="SASPP")
        small.contract.approval = None
        small.contract.save()

    alike(second)
    assert found("fte.CASG.paid").state == "unknown"


def test_a_representative_body_is_not_a_service() -> None:
    alike()
    alike(kind="BODY")
    assert found("fte.all.paid").scope == 4


def test_a_figure_that_a_user_fills_in_is_used_and_named() -> None:
    FigureEntryFactory.create(code="norm.cap_social", since=date(2020, 1, 1), value="2")
    alike(kind="CAP")
    assert found("fte_social.CAP.norm").text == "8.00"


def test_a_figure_decided_after_the_day_of_the_situation_is_not_seen() -> None:
    FigureEntryFactory.create(
        code="norm.cap_social", since=date(2024, 1, 1), value="2", decided_on=date(2025, 8, 1)
    )
    alike(kind="CAP")
    assert found("fte_social.CAP.norm", as_of=date(2025, 7, 31)).state == "unknown"
    assert found("fte_social.CAP.norm", as_of=date(2025, 8, 1)).text == "8.00"
