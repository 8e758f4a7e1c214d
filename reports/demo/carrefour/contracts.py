"""The fourteen invented workers of the first employer and the lines of their contracts."""

from datetime import date
from functools import partial

from backoffice.engine.periods import Period
from reports.demo.careers import (
    BACHELOR,
    BRUSSELS_HOURS,
    CLERK,
    MASTER,
    WALLONIA_HOURS,
    Line,
    Sickness,
    Worker,
)
from reports.demo.carrefour.organisation import CASG, SASPP

_brussels = partial(Line, full_time=BRUSSELS_HOURS, approval=CASG)
_namur = partial(Line, full_time=WALLONIA_HOURS, approval=SASPP)

_PEOPLE: tuple[tuple[str, str, int], ...] = (
    ("W01", "Odile Vercamer (DEMO)", 5600),
    ("W02", "Bastien Lorquet (DEMO)", 4900),
    ("W03", "Samira Tazouani (DEMO)", 4900),
    ("W04", "Ghislain Debouve (DEMO)", 6350),
    ("W05", "Perrine Haustrate (DEMO)", 4900),
    ("W06", "Mbali Nkosenge (DEMO)", 4900),
    ("W07", "Thibaut Roskamp (DEMO)", 7100),
    ("W08", "Ilse Vandormelle (DEMO)", 4900),
    ("W09", "Corentin Faymoul (DEMO)", 5600),
    ("W10", "Yasmine Belkhorchi (DEMO)", 4900),
    ("W11", "Solange Piromet (DEMO)", 3850),
    ("W12", "Hadrien Custinet (DEMO)", 6350),
    ("W13", "Noa Bertrixhe (DEMO)", 3850),
    ("W14", "Lucile Wanzoul (DEMO)", 5600),
)
"""Number, name, cents of commuting for a full month."""

_ACS, _DISMISSED, _SICK = "W04", "W09", "W12"
_SICKNESS = Sickness(
    guaranteed=Period(date(2024, 1, 29), date(2024, 2, 28)),
    unpaid=Period(date(2024, 2, 28), date(2024, 9, 30)),
)

_LINES: tuple[Line, ...] = (
    _brussels("W01", date(2012, 9, 1), None, "coordination", MASTER, date(2008, 9, 1), 3800),
    _brussels("W02", date(2011, 2, 1), None, "social", BACHELOR, date(2011, 2, 1), 3800),
    _brussels(
        "W03", date(2015, 10, 1), date(2024, 4, 15), "social", BACHELOR, date(2015, 10, 1), 3800
    ),
    _brussels("W03", date(2024, 4, 16), None, "social", BACHELOR, date(2015, 10, 1), 3040),
    _brussels("W04", date(2013, 5, 1), None, "social", BACHELOR, date(2009, 5, 1), 3800),
    _brussels("W05", date(2012, 1, 2), None, "administration", CLERK, date(2012, 1, 1), 3800),
    _brussels("W06", date(2021, 1, 4), None, "reception", CLERK, date(2017, 3, 1), 3800),
    _brussels("W07", date(2019, 9, 2), None, "legal", MASTER, date(2019, 9, 1), 3040),
    _brussels("W08", date(2024, 1, 15), None, "reception", CLERK, date(2022, 1, 1), 1900),
    _brussels(
        "W09", date(2018, 6, 1), date(2024, 5, 31), "community", BACHELOR, date(2014, 6, 1), 1900
    ),
    _brussels(
        "W10",
        date(2024, 9, 1),
        date(2025, 12, 31),
        "community",
        BACHELOR,
        date(2021, 9, 1),
        1900,
        kind="fixed",
    ),
    _namur("W11", date(2017, 7, 1), None, "administration", CLERK, date(2016, 11, 1), 1800),
    _namur("W12", date(2017, 7, 1), None, "social", BACHELOR, date(2010, 1, 1), 3600),
    _namur(
        "W13",
        date(2024, 3, 1),
        date(2024, 9, 30),
        "social",
        BACHELOR,
        date(2021, 7, 1),
        3600,
        kind="replacement",
        replaces="W12",
    ),
    _namur("W14", date(2018, 4, 1), None, "social", BACHELOR, date(2018, 4, 1), 3600),
)

WORKERS: tuple[Worker, ...] = tuple(
    Worker(
        number,
        name,
        commuting,
        tuple(line for line in _LINES if line.worker == number),
        is_acs=number == _ACS,
        is_dismissed=number == _DISMISSED,
        sickness=_SICKNESS if number == _SICK else None,
    )
    for number, name, commuting in _PEOPLE
)
