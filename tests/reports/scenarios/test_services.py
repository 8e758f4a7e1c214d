"""Scenarios that people keep and share, and what the federation signs."""

from datetime import date
from fractions import Fraction

import pytest
from django.contrib.auth.models import User

from backoffice.federation.audit.append_only import AppendOnly
from backoffice.federation.models import AuditEntry, Organisation
from backoffice.federation.roles import FederationRole, Role
from reports.models import Assumption, StoredScenario
from reports.scenarios.codes import UnknownCode, code_of, spoken
from reports.scenarios.selectors import assumptions_on, may_change, owners_for, scenarios_for
from reports.scenarios.services import (
    ScenarioRefused,
    Signed,
    change_scenario,
    copy_scenario,
    create_scenario,
    enter_assumption,
    remove_scenario,
    share_scenario,
    withdraw_share,
)
from tests.factories import (
    FederationMemberFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)
TEXT = (
    'name = "moitié"\npatches = [{ kind = "award", target = "*", from = 2027-01-01, factor = 0.5 }]'
)


def member(organisation: Organisation, role: str) -> User:
    return MembershipFactory(user=UserFactory(), organisation=organisation, role=role).user


@pytest.fixture
def service() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def director(service: Organisation) -> User:
    return member(service, Role.DIRECTOR)


@pytest.fixture
def analyst() -> User:
    return FederationMemberFactory(user=UserFactory(), role=FederationRole.ANALYST).user


def kept(organisation: Organisation | None, by: User, text: str = TEXT) -> StoredScenario:
    return create_scenario(
        organisation=organisation, text=text, reason="conseil de décembre", by=by, day=DAY
    )


def test_a_scenario_is_kept_whole_under_its_own_name(service, director) -> None:
    row = kept(service, director)
    assert (row.name, row.text) == ("moitié", TEXT)
    assert list(scenarios_for(director)) == [row]
    assert may_change(director, row)
    assert list(owners_for(director)) == [service]
    entry = AuditEntry.objects.filter(organisation=service, model__endswith="storedscenario").last()
    assert entry.reason == "conseil de décembre"


@pytest.mark.parametrize(
    ("text", "reason", "said"),
    [
        ('name = "x"', "r", "patches = []"),
        ('name = "x"\npatches = [{ kind = "y" }]', "r", "Modification n° 1"),
        (TEXT, " ", "motif"),
    ],
)
def test_what_cannot_be_read_whole_is_not_kept(service, director, text, reason, said) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        create_scenario(organisation=service, text=text, reason=reason, by=director, day=DAY)
    assert said in str(refused.value)
    assert not StoredScenario.objects.exists()


@pytest.mark.parametrize("of_the_federation", [False, True])
def test_two_scenarios_of_an_owner_have_two_names(service, director, of_the_federation) -> None:
    owner = None if of_the_federation else service
    kept(owner, director)
    with pytest.raises(ScenarioRefused, match="porte déjà ce nom"):
        kept(owner, director)


def test_a_change_leaves_the_former_content_in_the_trail_and_the_copies_alone(
    service, director
) -> None:
    row = kept(service, director)
    copy = copy_scenario(row=row, organisation=service, name="copie", reason="essai", by=director)
    change_scenario(row=row, text=TEXT.replace("0.5", "0.9"), reason="moins fort", by=director)
    copy.refresh_from_db()
    assert copy.copied_from == row
    assert "0.5" in copy.text
    entry = AuditEntry.objects.filter(model__endswith="storedscenario").order_by("pk").last()
    assert entry.reason == "moins fort"
    assert "0.5" in entry.changes
    remove_scenario(row=row, reason="refait")
    copy.refresh_from_db()
    assert copy.copied_from is None


def test_another_service_sees_a_scenario_only_while_it_is_shared(service, director) -> None:
    other = OrganisationFactory()
    stranger = member(other, Role.DIRECTOR)
    row = kept(service, director)
    assert not scenarios_for(stranger).exists()
    share = share_scenario(row=row, organisation=other, reason="même question", by=director)
    assert list(scenarios_for(stranger)) == [row]
    assert not may_change(stranger, row)
    with pytest.raises(ScenarioRefused, match="déjà partagé"):
        share_scenario(row=row, organisation=other, reason="encore", by=director)
    withdraw_share(share=share, reason="fini")
    assert not scenarios_for(stranger).exists()


def test_the_federation_sees_its_own_and_what_services_share_with_it(
    service, director, analyst
) -> None:
    mine, theirs = kept(None, analyst), kept(service, director)
    assert list(scenarios_for(analyst)) == [mine]
    assert not scenarios_for(director).filter(pk=mine.pk).exists()
    share_scenario(row=theirs, organisation=None, reason="mémorandum", by=director)
    assert set(scenarios_for(analyst)) == {mine, theirs}
    assert (may_change(analyst, mine), may_change(analyst, theirs)) == (True, False)
    with pytest.raises(ScenarioRefused, match="déjà le leur"):
        share_scenario(row=mine, organisation=None, reason="x", by=analyst)


def test_an_accountant_sees_scenarios_and_writes_none(service, director) -> None:
    row = kept(service, director)
    accountant = member(service, Role.ACCOUNTANT)
    assert list(scenarios_for(accountant)) == [row]
    assert not may_change(accountant, row)


def signed(value: str = "60000", code: str = "fte_cost.master.0") -> Signed:
    return Signed(code, value, date(2026, 1, 1), "calcul interne", "coût moyen supposé")


def test_a_later_assumption_supersedes_and_nothing_is_written_over(analyst) -> None:
    first = enter_assumption(signed=signed(), by=analyst, day=date(2026, 2, 1))
    enter_assumption(signed=signed("61000.50"), by=analyst, day=date(2026, 9, 1))
    assert Assumption.objects.count() == 2
    assert assumptions_on(date(2026, 1, 31)) == {}
    for day, value in ((date(2026, 8, 31), 60_000), (date(2026, 9, 1), Fraction(122_001, 2))):
        (one,) = assumptions_on(day)[first.code]
        assert one.value == value
    first.value = "1"
    with pytest.raises(AppendOnly):
        first.save()


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (signed("soixante"), "n'est pas un nombre"),
        (signed("0"), "au-dessus de zéro"),
        (signed(code="fte_cost.master"), "fte_cost.master.0"),
        (Signed("running_cost", "1", date(2026, 1, 1), " ", "phrase"), "source"),
    ],
)
def test_an_assumption_that_nothing_reads_is_refused(analyst, one, said) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        enter_assumption(signed=one, by=analyst, day=DAY)
    assert said in str(refused.value)


@pytest.mark.parametrize("code", ["", "x", "fte_cost", "fte_cost.duke.0", "running_cost.x", "A.b"])
def test_a_code_that_nothing_reads_says_which_exist(code: str) -> None:
    with pytest.raises(UnknownCode, match="index_path"):
        code_of(code)


def test_codes_are_told_in_words() -> None:
    assert spoken("fte_cost.master.10") == "coût d'un ETP master, ancienneté 10"
    assert spoken("index_path.private_m2").endswith("(index du secteur privé, deuxième mois)")
    assert spoken("running_cost") == "frais de fonctionnement par ETP et par an"
    assert spoken("nobody.reads.this") == "nobody.reads.this"
