"""What another authority pays of the same cost, the third leg of a Maribel fund, comes off."""

import pytest

from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db


def test_the_third_leg_written_as_a_term_is_deducted_from_the_pay_it_finances() -> None:
    place = service()
    award = place.funded("maribel", other_funding="500.00")
    amounts = place.dossier(award).amounts
    assert (amounts.presented, amounts.payable) == (250_000, 250_000)


def test_without_the_term_the_whole_cost_is_claimed() -> None:
    place = service()
    assert place.dossier(place.funded("maribel")).amounts.presented == 300_000
