"""What a scheme says in words: every section, both languages, and nothing that no reader trusts."""

from pathlib import Path

import pytest

from grants.pack import SECTIONS
from grants.scheme import FOLDER, InvalidScheme, Scheme, general_figures, read_scheme, schemes

SASPP = FOLDER / "wallonia_saspp.toml"
RULE = """
[[rules]]
section = "calculation"
fr = "Forfait x unités."
nl = "Forfait x eenheden."
source = "x"
status = "confirmed"
"""


@pytest.mark.parametrize("scheme", schemes().values(), ids=lambda scheme: scheme.code)
def test_every_scheme_speaks_of_every_section(scheme: Scheme) -> None:
    assert {rule.section for rule in scheme.rules} == set(SECTIONS)


@pytest.mark.parametrize("scheme", schemes().values(), ids=lambda scheme: scheme.code)
def test_the_figures_that_a_rule_names_exist(scheme: Scheme) -> None:
    named = {
        name if "." in name else f"{scheme.code}.{name}"
        for rule in scheme.rules
        for name in rule.figures
    }
    assert named <= set(general_figures())


@pytest.mark.parametrize("scheme", schemes().values(), ids=lambda scheme: scheme.code)
def test_the_figures_of_a_frame_exist(scheme: Scheme) -> None:
    assert {row.figure for row in scheme.frame} <= set(general_figures())


@pytest.mark.parametrize("scheme", schemes().values(), ids=lambda scheme: scheme.code)
def test_the_successors_of_a_scheme_exist(scheme: Scheme) -> None:
    assert set(scheme.life.successors) <= set(schemes())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (RULE.replace("calculation", "weather"), "weather"),
        (RULE.replace('"confirmed"', '"sure"'), "sure"),
        (RULE.replace("Forfait x eenheden.", ""), "incomplète"),
        (RULE.replace('source = "x"', ""), "source"),
        ('[[functions]]\nfunction="pilot"\ndiploma=""\nsource="x"\nstatus="confirmed"', "pilot"),
        ('[[frame]]\nfunction="pilot"\norigin="minimum"\nfigure="norm.x"', "pilot"),
        ('[[readings]]\ncode="a"\nyears=[2024]\nfr="x"\nnl="x"\nsource="x"', "2024"),
        (
            '[[deadlines]]\nkind="x"\nlabel={fr="x",nl="x"}\nday="02-01"\nsource="x"\n'
            'status="confirmed"\nreading="april"',
            "april",
        ),
        (
            '[[deadlines]]\nkind="x"\nlabel={fr="x",nl="x"}\nday="02-31"\nsource="x"\n'
            'status="confirmed"',
            "day",
        ),
        (
            '[[deadlines]]\nkind="x"\nlabel={fr="x",nl="x"}\nafter="moon"\nsource="x"\n'
            'status="confirmed"',
            "moon",
        ),
    ],
)
def test_what_cannot_be_trusted_is_refused_by_the_name_of_its_file(
    tmp_path: Path, wrong: str, told: str
) -> None:
    file = tmp_path / SASPP.name
    file.write_text(f"{SASPP.read_text(encoding='utf-8')}\n{wrong}", encoding="utf-8")
    with pytest.raises(InvalidScheme, match=told) as caught:
        read_scheme(file)
    assert SASPP.name in str(caught.value)
