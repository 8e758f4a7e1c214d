"""What an award renews, as people choose it in its form."""

from datetime import date
from typing import Any

import pytest

from grants.models import Award
from tests.factories import ApprovalFactory, AwardFactory
from tests.reports.records.reading import address, form_data
from tests.reports.records.situations import BY_SLUG, REASON
from tests.reports.views.conftest import Service


def earlier(service: Service, **other: Any) -> Award:
    made: Award = AwardFactory(
        organisation=service.organisation,
        **{
            "reference": "AVANT",
            "scheme": service.award.scheme,
            "approval": service.award.approval,
            "starts_on": date(2021, 1, 1),
            "ends_on": date(2021, 12, 31),
            **other,
        },
    )
    return made


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"scheme": "acs"}, "du même régime, pas celle-ci"),
        ({"starts_on": date(2030, 1, 1), "ends_on": date(2030, 12, 31)}, "commence le 01/01/2030"),
    ],
)
def test_an_award_renews_an_earlier_one_of_its_scheme_and_approval_alone(
    service: Service, other: dict[str, Any], said: str
) -> None:
    case, award = BY_SLUG["awards"], service.award
    wrong, right = earlier(service, **other), earlier(service, reference="DROITE")
    data = form_data(service, case, award) | {"reason": REASON}
    page = service.client.post(address("change_row", case, award), data | {"renews": wrong.pk})
    assert page.status_code == 422
    assert said in " ".join(page.context["form"].errors["renews"])
    kept = service.client.post(address("change_row", case, award), data | {"renews": right.pk})
    assert kept.status_code == 302
    assert Award.objects.get(pk=award.pk).renews == right


def test_an_award_does_not_renew_itself(service: Service) -> None:
    case, award = BY_SLUG["awards"], service.award
    data = form_data(service, case, award) | {"reason": REASON, "renews": award.pk}
    page = service.client.post(address("change_row", case, award), data)
    assert page.status_code == 422
    assert Award.objects.get(pk=award.pk).renews is None


def test_an_award_renews_one_of_its_own_approval(service: Service) -> None:
    case, award = BY_SLUG["awards"], service.award
    other = earlier(service, approval=ApprovalFactory(organisation=service.organisation))
    data = form_data(service, case, award) | {"reason": REASON, "renews": other.pk}
    page = service.client.post(address("change_row", case, award), data)
    assert page.status_code == 422
    assert "du même agrément" in " ".join(page.context["form"].errors["renews"])
