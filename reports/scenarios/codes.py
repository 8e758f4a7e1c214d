"""What the federation may suppose: the codes of assumptions, their units and their names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from backoffice.web.templatetags.labels import said
from backoffice.web.words import Spoken
from grants.scheme import schemes
from reports.scenarios.labels import regime_name

EUR_A_YEAR, RATIO = "EUR/year", "ratio"
TO_10 = "running_to_10"
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "fte_cost": EUR_A_YEAR,
        "running_cost": EUR_A_YEAR,
        "running_alignment": EUR_A_YEAR,
        TO_10: RATIO,
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
        "master": "master",
        "bachelor": "bachelier",
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
    """A code in the words of the reader; the code itself where nothing reads it."""
    try:
        code = code_of(written)
    except UnknownCode:
        return written
    if code.family == "fte_cost":
        words = {"level": LEVELS[code.of], "years": code.seniority}
        return _("coût d'un ETP %(level)s, ancienneté %(years)s") % words
    return f"{FAMILIES[code.family]} ({_about(code)})" if code.of else FAMILIES[code.family]


def _about(code: Code) -> str:
    """The index regime or the scheme that an assumption is about."""
    scheme = schemes().get(code.of)
    return said(scheme.label) if scheme else regime_name(code.of)
