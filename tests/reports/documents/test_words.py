"""The rules of the engine as French readers are told them."""

import pytest

from reports.documents.words import rule_text


@pytest.mark.parametrize(
    ("rule", "french"),
    [
        (
            "sum over the group of premium x min(fte, post) / 12",
            "somme, sur le groupe, de prime par ETP et par an {x} min(ETP ; ETP du poste) / 12",
        ),
        ("scale_maximum - premium_month", "maximum du barème {minus} prime du mois"),
        (
            "ceiling_332 x post FTE x months / 12",
            "plafond du fonds 332 {x} ETP des postes {x} mois / 12",
        ),
    ],
)
def test_a_rule_is_told_without_a_name_of_the_engine(rule: str, french: str) -> None:
    assert rule_text(rule) == french.format(x="\u00d7", minus="\u2212")
