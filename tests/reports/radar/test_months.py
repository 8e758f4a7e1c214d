"""Worker-months over all funders: what is claimed above the cost, and hours that carry two."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from reports.models import Justification
from reports.radar.claimed import StaffClaim
from reports.radar.content import Claimant
from reports.radar.months import months_of
from staffing.models import PayItem
from tests.reports.checks.situations import service
from tests.reports.radar.situations import found, move, references, seen, send

pytestmark = pytest.mark.django_db
MARCH = 2024 * 12 + 2


def test_a_worker_shared_by_hours_is_seen_and_nothing_is_found() -> None:
    place = service()
    maribel, cocof = place.award("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    place.assign(maribel, "19.00")
    place.assign(cocof, "19.00")
    radar = seen(place)
    assert (radar.cells, radar.findings, radar.unknown) == (1, (), ())
    assert [total.count for total in radar.totals] == [0, 0, 0]


@pytest.mark.parametrize(
    ("scheme", "tone", "status", "law"),
    [
        ("maribel", "forbidden", "confirmed", "Maribel"),
        ("ape", "suspicious", "confirmed", "art. 94"),
        ("acs", "suspicious", "to_confirm", "aucun article trouvé"),
    ],
)
def test_hours_that_carry_two_awards_bear_one_word_with_the_rule(
    scheme: str, tone: str, status: str, law: str
) -> None:
    place = service()
    place.funded("cocof_casg", "COCOF")
    place.funded(scheme, "OTHER")
    (finding,) = seen(place).findings
    assert (finding.kind, finding.tone, finding.status) == ("hours", tone, status)
    assert (finding.who, finding.month, finding.hours) == ("W01", MARCH, 3800)
    assert references(finding) == ["COCOF", "OTHER"]
    assert law in finding.article
    assert not finding.sent


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("acs", "cocom_cap"),
        ("acs", "cocof_facultative"),
        ("maribel", "acs"),
        ("ape", "wallonia_ili"),
        ("cocof_casg", "cocom_facultative"),
    ],
)
def test_the_radar_and_the_checks_of_both_awards_say_the_same_word_and_article(
    one: str, other: str
) -> None:
    place = service()
    first, second = place.funded(one, "ONE"), place.funded(other, "OTHER")
    (finding,) = found(place, "hours")
    for award in (first, second):
        (check,) = place.found(award, f"stack_{finding.tone}")
        assert check.article == finding.article


def test_what_is_at_stake_is_the_smaller_of_the_two_parts() -> None:
    place = service()
    place.funded("acs", "ACS")
    place.funded("cocof_casg", "COCOF")
    (finding,) = found(place, "hours")
    assert dict(zip(references(finding), [a for _c, a in finding.claims], strict=True)) == {
        "ACS": 200_000,
        "COCOF": 100_000,
    }
    assert finding.amount == 100_000
    (total,) = [one for one in seen(place).totals if one.count]
    assert (total.tone, total.count, total.amount, total.unknown) == ("suspicious", 1, 100_000, 0)


def test_an_unknown_amount_claims_no_euro_but_its_hours_are_seen() -> None:
    place = service()
    place.funded("maribel", "MAR", ceiling=None, fund=None)
    place.funded("cocof_facultative", "FAC")
    radar = seen(place)
    assert radar.unknown == ("FAC", "MAR")
    (finding,) = radar.findings
    assert (finding.tone, finding.amount) == ("forbidden", None)
    (total,) = [one for one in radar.totals if one.count]
    assert (total.amount, total.unknown) == (0, 1)


def test_a_month_sent_to_one_funder_and_moved_to_another_is_forbidden_to_the_cent() -> None:
    place = service()
    maribel, cocof = place.funded("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    send(place, maribel)
    assert seen(place).findings == ()
    move(place, maribel, to=cocof)
    (month,) = seen(place).findings
    assert (month.kind, month.tone, month.hours) == ("month", "forbidden", 3800)
    assert (month.amount, month.cost) == (300_000, 300_000)
    assert [(c.reference, c.version, a) for c, a in month.claims] == [
        ("COCOF", None, 300_000),
        ("MAR", 1, 300_000),
    ]
    assert month.sent
    assert "Un même euro" in month.article


def test_two_sent_dossiers_are_compared_with_each_other() -> None:
    place = service()
    maribel, cocof = place.funded("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    send(place, maribel)
    move(place, maribel, to=cocof)
    send(place, cocof)
    (month,) = found(place, "month")
    assert [(c.reference, c.version) for c, _a in month.claims] == [("COCOF", 1), ("MAR", 1)]
    assert month.amount == 300_000


def test_hours_moved_between_two_awards_that_were_both_sent_are_found() -> None:
    place = service()
    maribel, cocof = place.funded("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    send(place, maribel)
    send(place, cocof)
    move(place, maribel, to=cocof)
    (month,) = seen(place).findings
    assert (month.kind, month.amount) == ("month", 300_000)
    assert [(c.reference, c.version) for c, _a in month.claims] == [("COCOF", None), ("MAR", 1)]
    send(place, maribel)
    assert seen(place).findings == ()


def test_one_cent_too_much_in_a_sent_document_is_found() -> None:
    place = service()
    sent = send(place, place.funded("maribel", "MAR"))
    document = sent.document.replace('"payable": "3000.00"', '"payable": "3000.01"')
    digest = hashlib.sha256(document.encode()).hexdigest()
    Justification.objects.update(document=document, document_digest=digest)
    (month,) = found(place, "month")
    assert (month.amount, month.cost, references(month)) == (1, 300_000, ["MAR"])
    assert month.article == "Une subvention ne paie pas plus que le coût."


def test_a_corrected_version_stands_for_the_one_that_it_corrects() -> None:
    place = service()
    maribel, cocof = place.funded("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    send(place, maribel)
    move(place, maribel, to=cocof)
    send(place, maribel)
    assert found(place, "month") == []
    assert found(place, "hours") == []


def test_what_leaves_a_month_anyway_is_not_at_stake_a_second_time_for_its_hours() -> None:
    one, other = (Claimant(name, 2024, 1, "cocof_facultative") for name in ("ONE", "OTHER"))
    full_time = 3800 * 31
    claims = [
        StaffClaim("W01", MARCH, one, full_time, 200_000),
        StaffClaim("W01", MARCH, other, full_time, 100_001),
    ]
    found = list(months_of(claims, {("W01", MARCH): 300_000}, {("W01", MARCH): full_time}))
    assert [(each.kind, each.tone, each.amount) for each in found] == [
        ("hours", "suspicious", 100_000),
        ("month", "forbidden", 1),
    ]


def test_pay_lowered_after_the_dossier_was_sent_is_claimed_above_its_cost() -> None:
    place = service()
    send(place, place.funded("maribel", "MAR"))
    PayItem.objects.update(amount=Decimal("2999.99"))
    (month,) = found(place, "month")
    assert (month.amount, month.cost) == (1, 299_999)


def test_all_that_was_sent_of_a_month_whose_pay_is_gone_must_leave() -> None:
    place = service()
    send(place, place.funded("maribel", "MAR"))
    place.month.items.all().delete()
    place.month.delete()
    (month,) = seen(place).findings
    assert (month.kind, month.tone, month.who, month.month) == ("month", "forbidden", "W01", MARCH)
    assert (month.amount, month.cost, references(month)) == (300_000, 0, ["MAR"])
    assert month.article == "Mois absent de la paie."


def test_hours_of_a_month_whose_pay_is_gone_are_told_on_its_line() -> None:
    place = service()
    maribel, cocof = place.funded("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    send(place, maribel)
    move(place, maribel, to=cocof)
    send(place, cocof)
    place.month.items.all().delete()
    place.month.delete()
    (month,) = seen(place).findings
    assert (month.kind, month.amount, month.hours) == ("month", 600_000, 3800)


def test_another_year_has_nothing_of_it_and_another_day_its_own_terms() -> None:
    place = service()
    place.funded("maribel", "MAR")
    place.funded("cocof_casg", "COCOF")
    assert seen(place, 2023).findings == ()
    early = seen(place, as_of=date(2019, 1, 1))
    assert early.unknown == ("COCOF", "MAR")
