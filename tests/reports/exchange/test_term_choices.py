"""A choice written in the workbook: one that the scheme of the award offers."""

from pathlib import Path

import pytest

from grants.models import Term
from tests.reports.exchange.workbooks import Rows, applied, changed, refused

pytestmark = pytest.mark.django_db


def choosing(value: str, scheme: str):
    def change(rows: Rows) -> None:
        award = rows["terms"][0]["award"]
        for row in rows["awards"]:
            if row["reference"] == award:
                row["scheme"] = scheme
        rows["terms"][0] |= {"code": "reading", "value": value}

    return change


def test_a_choice_of_the_scheme_is_imported(tmp_path: Path) -> None:
    applied(changed(tmp_path, choosing("former_text", "cocof_casg")))
    assert Term.objects.get().value == "former_text"


@pytest.mark.parametrize(
    ("value", "scheme", "said"),
    [("april", "cocof_casg", "former_text"), ("former_text", "maribel", "pas de choix")],
)
def test_another_one_is_refused_with_the_list(
    tmp_path: Path, value: str, scheme: str, said: str
) -> None:
    problem = refused(changed(tmp_path, choosing(value, scheme)), "unreadable_term")
    assert said in problem.message
