"""Where a plausible reading is wrong: pay and grant that move apart, a cap shared by half."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.engine.indexation import scale_amount_on
from backoffice.engine.money import cents, euros, round_ratio
from backoffice.figures.index_tables import index_tables
from grants.models import Award
from grants.scheme import general_figures
from reports.dossier import Dossier
from reports.justifications import award_dossier
from tests.factories import PayItemFactory, PayMonthFactory, TermFactory
from tests.reports.checks.situations import TERMS, Service, service

pytestmark = pytest.mark.django_db
REGISTRY = general_figures()
TABLES = index_tables(REGISTRY)
SCALE = "scale.332.00.20-ADMIN.licencie.28.base"
"""34,322.11 at 100 %: above 4,000.00 a month, so that a capped index bears on part of it."""


def paid_by_the_scale(regime: str, months: range, hours: str = "38.00") -> Service:
    """A worker of 28 years of seniority paid exactly his scale, as the regime indexes it."""
    place = service()
    place.month.items.all().delete()
    place.month.delete()
    place.contract.index_regime = "private_m2"
    place.contract.scale_column = "licencie"
    place.contract.seniority_on = date(1995, 1, 1)
    place.contract.weekly_hours = Decimal(hours)
    place.contract.save()
    for number in months:
        day = date(2026, number, 1)
        gross = round_ratio(full_time(regime, day) * int(Decimal(hours) * 100), 3800)
        paid = PayMonthFactory(worker=place.worker, month=day)
        PayItemFactory(pay_month=paid, cost_item="gross", amount=euros(gross))
    return place


def full_time(regime: str, day: date) -> int:
    base = REGISTRY.on(SCALE, day).exact * 100
    return scale_amount_on(TABLES, regime, base.numerator // base.denominator, day)


def award_of_2026(place: Service, regime: str, hours: str = "38.00") -> Award:
    """The post of a CASG in 2026 whose letter names the regime of the grant."""
    award = place.award("cocof_casg", **dict.fromkeys(TERMS["cocof_casg"]))
    award.starts_on, award.ends_on = date(2026, 1, 1), date(2026, 12, 31)
    award.save()
    terms = {**TERMS["cocof_casg"], "index_regime": regime, "granted": "90000.00"}
    for code, value in terms.items():
        TermFactory(
            award=award,
            code=code,
            value=value,
            starts_on=award.starts_on,
            ends_on=award.ends_on,
            decided_on=date(2026, 1, 5),
        )
    place.assign(award, hours, starts_on=award.starts_on, ends_on=award.ends_on)
    return award


def dossier_of(place: Service, award: Award) -> Dossier:
    return award_dossier(place.organisation, award.reference, 2026, date(2027, 3, 1))


def cut(dossier: Dossier) -> dict[int, int]:
    """Cents presented and not admitted, by month number."""
    return {line.month % 12 + 1: line.presented - (line.admissible or 0) for line in dossier.staff}


def test_pay_that_moves_in_february_is_cut_until_the_grant_follows_in_march() -> None:
    place = paid_by_the_scale("private_m2", range(1, 5))
    found = cut(dossier_of(place, award_of_2026(place, "public")))
    rise = full_time("private_m2", date(2026, 2, 1)) - full_time("private_m2", date(2026, 1, 1))
    assert rise > 0
    assert found == {1: 0, 2: rise, 3: 0, 4: 0}


def test_a_grant_indexed_as_the_payroll_cuts_nothing() -> None:
    place = paid_by_the_scale("private_m2", range(1, 5))
    assert set(cut(dossier_of(place, award_of_2026(place, "private_m2"))).values()) == {0}


def test_a_half_time_under_the_capped_index_is_admitted_for_half_of_the_full_time() -> None:
    """September 2026: 2 % on 4,000.00 at full time, on 2,000.00 at half-time."""
    before, after = (full_time("public", date(2026, month, 1)) for month in (8, 9))
    assert after - before == 8_000
    place = paid_by_the_scale("public", range(8, 10), hours="19.00")
    place.contract.index_regime = "public"
    place.contract.save()
    dossier = dossier_of(place, award_of_2026(place, "public", "19.00"))
    pay = {line.month % 12 + 1: line.admissible for line in dossier.staff}
    assert pay == {8: round_ratio(before, 2), 9: round_ratio(after, 2)}
    assert cents(Decimal("40.00")) == round_ratio(after, 2) - round_ratio(before, 2)
