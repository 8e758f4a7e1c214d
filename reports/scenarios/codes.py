"""What the federation may suppose: the codes of assumptions, their units and their names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.web.words import Spoken

EUR_A_YEAR, RATIO = "EUR/year", "ratio"
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "fte_cost": EUR_A_YEAR,
        "running_cost": EUR_A_YEAR,
        "running_alignment": EUR_A_YEAR,
        "running_to_10": RATIO,
        "index_path": RATIO,
    }
)
FAMILIES = Spoken(
    {
        "fte_cost": "coût d'un ETP par an, par niveau et ancienneté",
        "running_cost": "frais de fonctionnement par ETP et par an",
        "running_alignment": "frais de fonctionnement à ajouter à chaque subvention, par an",
        "running_to_10": "facteur qui porte les frais de fonctionnement à 10 % de la subvention",
        "index_path": "croissance annuelle de l'index après le dernier mois connu",
    }
)
LEVELS = Spoken(
    {
        "master": "Master",
        "bachelor": "Bachelier",
        "cess": "CESS (secondaire supérieur)",
        "scale_1_80": "barème 1/80 (CP 332)",
        "scale_1_55": "barème 1/55-61-77 (CP 332)",
        "other": "autre niveau",
    }
)
_CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*", re.ASCII)


@dataclass(frozen=True)
class Code:
    """A code taken apart: its family, its level or regime, and years of seniority."""

    family: str
    of: str = ""
    seniority: int | None = None


class UnknownCode(ValueError):
    """A code that nothing reads; the message says which families exist."""


def code_of(written: str) -> Code:
    """The parts of a code, as `fte_cost.master.10` or `running_cost`.

    Raises:
        UnknownCode: nothing reads it.
    """
    family, *parts = written.split(".")
    known = _CODE.fullmatch(written) and family in UNITS
    if known and family == "fte_cost":
        right = len(parts) == 2 and parts[0] in LEVELS and parts[1].isdigit()  # noqa: PLR2004
        if right:
            return Code(family, parts[0], int(parts[1]))
    elif known and len(parts) == int(family != "running_cost"):
        return Code(family, "".join(parts))
    raise UnknownCode(
        _(
            "Aucun calcul ne lit l'hypothèse « %(code)s » : écrivez par exemple "
            "fte_cost.master.0, running_cost ou index_path.private_m2."
        )
        % {"code": written[:80]}
    )


def spoken(written: str) -> str:
    """A code in the words of the reader."""
    return capfirst(" \u2014 ".join(_parts(code_of(written))))


def _parts(code: Code) -> Iterator[str]:
    yield FAMILIES[code.family]
    if code.of:
        yield LEVELS.get(code.of, code.of)
    if code.seniority is not None:
        years = code.seniority
        yield ngettext("%s an d'ancienneté", "%s ans d'ancienneté", years) % years
