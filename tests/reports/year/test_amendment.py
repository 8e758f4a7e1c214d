"""The effect of an amendment: computed before and after; the past stays replayable."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from grants.models import Amendment, Term
from grants.services.amendments import Decision
from reports.year.amendment import Effect, record_amendment, try_amendment
from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db

TODAY = date(2025, 3, 1)
DECISION = Decision("LETTRE-9", date(2025, 2, 3), date(2024, 2, 1), "Réduction du montant")


def test_it_tells_granted_and_payable_before_and_after() -> None:
    award = service().funded("cocom_facultative", granted="2500.00")
    found = record_amendment(award, DECISION, {"granted": "1800.00"}, TODAY)
    assert found.effects == (Effect(2024, 250000, 180000, 250000, 180000),)


def test_a_trial_writes_nothing_and_says_the_same_effect() -> None:
    award = service().funded("cocom_facultative", granted="2500.00")
    terms = {"granted": "1800.00"}
    tried = try_amendment(award, DECISION, terms, TODAY).effects
    assert not Amendment.objects.exists()
    assert Term.objects.filter(code="granted").count() == 1
    assert record_amendment(award, DECISION, terms, TODAY).effects == tried


def test_a_statement_of_before_the_decision_still_shows_what_was_known() -> None:
    place = service()
    award = place.funded("cocom_facultative", granted="2500.00")
    record_amendment(award, DECISION, {"granted": "1800.00"}, TODAY)
    assert place.dossier(award, date(2025, 2, 2)).amounts.granted == 250000
    assert place.dossier(award, date(2025, 2, 3)).amounts.granted == 180000


def words(award, *extra: str) -> list[str]:
    return [
        *("amend", "--organisation", award.organisation.enterprise_number),
        *("--award", award.reference, "--letter", "LETTRE-9", "--decided-on", "2025-02-03"),
        *("--effective-on", "2024-02-01", "--reason", "Réduction"),
        *extra,
    ]


def test_the_command_prints_the_effect_and_records_unless_it_is_a_trial(capsys) -> None:
    award = service().funded("cocom_facultative", granted="2500.00")
    call_command(*words(award, "--term", "granted=1800", "--dry-run"))
    assert "aperçu, rien n'est enregistré" in capsys.readouterr().out
    assert not Amendment.objects.exists()
    call_command(*words(award, "--term", "granted=1800"))
    out = capsys.readouterr().out.replace("\u202f", " ")
    assert "2024 : accordé 2 500,00 € → 1 800,00 €, payable 2 500,00 € → 1 800,00 €" in out
    assert Amendment.objects.get().number == 1


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--term", "granted"], "CODE=VALEUR"),
        (["--term", "granted=1", "--term", "granted=2"], "deux fois"),
        (["--term", "granted=1", "--number", "zéro"], "n'est pas un numéro"),
        (["--term", "granted=2500"], "ne le change pas"),
        (["--award", "NOPE", "--term", "granted=1"], "Subventions de cette organisation : A"),
        ([], "Aucun terme ne change"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(extra, said) -> None:
    award = service().funded("cocom_facultative", granted="2500.00")
    with pytest.raises(CommandError, match=said) as caught:
        call_command(*words(award, *extra))
    assert caught.value.returncode == 2
