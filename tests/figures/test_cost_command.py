"""`backoffice cost`: the projected cost of a contract, what is not counted, and bad words."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backoffice.federation.models import FigureEntry

pytestmark = pytest.mark.django_db
ASKED = [
    *("cost", "--scale", "332.00.20-ADMIN", "--column", "gradue"),
    *("--seniority-since", "2010-01-01", "--regime", "private_m2", "--sector", "332_cocof"),
]


def said(*words: str) -> str:
    out = StringIO()
    call_command(*ASKED, *words, stdout=out)
    return out.getvalue()


def test_a_table_sums_each_item_and_names_what_is_not_counted() -> None:
    text = said("--year", "2020")
    assert "Rémunération brute" in text
    assert "1911.95" in text
    told = [line for line in text.splitlines() if line.startswith("non compté")]
    assert any("employer.accident_insurance" in line for line in told)


def test_a_value_filled_in_by_a_user_completes_the_cost() -> None:
    FigureEntry.objects.create(
        code="employer.accident_insurance",
        since=date(2020, 1, 1),
        value="0.01",
        source="Police de l'employeur",
        verified_on=date(2026, 11, 1),
    )
    answer = json.loads(said("--year", "2020", "--json"))
    assert "employer.accident_insurance" not in {one["code"] for one in answer["not_counted"]}
    assert answer["months"][0]["accident_insurance"] == "31.64"
    january = answer["months"][0]
    parts = [Decimal(text) for name, text in january.items() if name not in {"month", "total"}]
    assert sum(parts) == Decimal(january["total"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--year", "20x0"], "20x0"),
        (["--year", "2020", "--hours", "40"], "40"),
        (["--year", "2020", "--column", "pilote"], "pilote"),
        (["--year", "2020", "--regime", "lunaire"], "lunaire"),
        (["--year", "1980"], "01/01/2010"),
        (["--year", "2020", "--to", "2019-12-31", "--from", "2019-01-01"], "2020"),
    ],
)
def test_a_wrong_word_is_one_sentence(words: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told) as caught:
        said(*words)
    assert "\n" not in str(caught.value)
