"""The schemes of the funders, one TOML file each: which claim shape, which costs, which dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.claims.shapes import SHAPES
from backoffice.engine.figures import Figure, Figures
from backoffice.engine.periods import Period, year_period
from backoffice.figures.accounts import accounts
from backoffice.figures.loader import load
from backoffice.figures.places import refused_as, within
from backoffice.figures.reading import day_of, read_toml
from backoffice.figures.vocabulary import cost_items, expense_categories, outside_payroll
from backoffice.web.templatetags.labels import said
from grants.ceilings import Ceiling, ceilings_of
from grants.pack import (
    AUTHORITIES,
    EVALUATIONS,
    Form,
    FrameRow,
    FunctionRow,
    Life,
    Reading,
    RuleText,
    documents_of,
    forms_of,
    frame_rows,
    function_rows,
    life_of,
    readings_of,
    rule_texts,
)
from grants.scheme_parts import (
    CostRule,
    StackRule,
    borrowed_days,
    cost_rules,
    days_of,
    of_the_other,
    own_figures,
    refuse,
    stack_rules,
)
from grants.terms import TERMS
from grants.year_rules import Moment, YearRule

FOLDER = Path(__file__).parent / "schemes"
_KEYS = frozenset(
    [
        "code",
        "authority",
        "funder",
        "order",
        "shape",
        "label",
        "life",
        "verified",
        "income_account",
        "approvals",
        "options",
        "costs",
        "heads",
        "required_terms",
        "deadlines",
        "instalments",
        "instalments_of",
        "documents",
        "stack",
        "figures",
        "rules",
        "frame",
        "functions",
        "forms",
        "readings",
        "ceilings",
    ]
)


OPTIONS = frozenset(
    [
        *("bound", "scale_bound", "framed", "paid_in_period"),
        *("approval_months", "staff_share_min", "provisional"),
        *("granted_min", "after_notification"),
        *("period_years", "earlier_years"),
        *("analytical_account", "qbis_since"),
        *("ends_on_move", "approval_max", "hired_for"),
    ]
)
"""The switches that a file may set; the rule book says each in words."""


class InvalidScheme(ValueError):
    """A scheme file contradicts itself; the message names the file, the line and the entry."""


class SchemeNotInForce(LookupError):
    """A scheme is asked about a day outside its life; the message says when it lived."""


@dataclass(frozen=True)
class Scheme:
    """A funder's scheme as data; the engine's claim shape `shape` does the arithmetic.

    `authority` is whose money it is. `order` settles awards on the same hours: the lower one
    first. `options` are the switches of the claim shape: bound, scale_bound, framed,
    paid_in_period; and of the award: approval_months, staff_share_min, after_notification (an
    award of a letter from this day on admits nothing before its notification), period_years (of
    the first period, then of each extension), earlier_years (of subsidies of the same authority
    before the first period), hired_for (only who was hired for it may be charged on it).
    `income_account` is
    where the subsidy is booked; to confirm with the accountant. `verified` is the day on which
    someone last compared the file with its sources, unless a value or a rule says its own. `rules`,
    `frame` and `functions` say the scheme for people to check; `readings` are the ways to read an
    ambiguous law, chosen per exercise; `ceilings` say which figure bounds an award.
    """

    code: str
    authority: str
    funder: Mapping[str, str]
    label: Mapping[str, str]
    shape: str
    order: int
    life: Life
    verified: date
    approvals: tuple[str, ...]
    options: Mapping[str, Any]
    costs: Mapping[str, CostRule]
    heads: Mapping[str, str]
    required_terms: tuple[str, ...]
    deadlines: tuple[YearRule, ...]
    instalments: tuple[YearRule, ...]
    documents: tuple[Mapping[str, Any], ...]
    stack: tuple[StackRule, ...]
    figures: tuple[Figure, ...]
    rules: tuple[RuleText, ...] = ()
    frame: tuple[FrameRow, ...] = ()
    functions: tuple[FunctionRow, ...] = ()
    forms: tuple[Form, ...] = ()
    readings: tuple[Reading, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    income_account: str = "733"

    @property
    def worker_file(self) -> Mapping[str, Mapping[str, Any]]:
        """The documents that it asks for each subsidised worker, by kind; often none."""
        return {one["kind"]: one for one in self.documents if one.get("scope") == "worker"}

    @property
    def starts_on(self) -> date:
        return self.life.starts_on

    @property
    def ends_on(self) -> date | None:
        return self.life.ends_on

    @property
    def life_period(self) -> Period:
        """The days on which the scheme exists."""
        return Period.inclusive(self.starts_on, self.ends_on)

    def must_be_in_force(self, day: date) -> None:
        """Refuse a question about a day on which the scheme does not exist.

        Raises:
            SchemeNotInForce: before its first day or after its last one.
        """
        if not self.life_period.contains(day):
            end = f" au {self.ends_on:%d/%m/%Y}" if self.ends_on else ""
            raise SchemeNotInForce(
                f"{self.label['fr']} n'est pas en vigueur le {day:%d/%m/%Y} : "
                f"le régime existe du {self.starts_on:%d/%m/%Y}{end}. Vérifiez la date."
            )

    def successor_labels(self) -> list[str]:
        """The names of the schemes that take over, none where nothing is planned."""
        return [said(schemes()[code].label) for code in self.life.successors]

    @property
    def excluded_items(self) -> frozenset[str]:
        """Cost items, and categories of people outside the payroll, that it does not take."""
        return frozenset(code for code, rule in self.costs.items() if rule.treatment == "excluded")

    @property
    def capped_items(self) -> Mapping[str, str]:
        """Cost items that count up to a figure per FTE and year, and its short name."""
        return {code: rule.figure for code, rule in self.costs.items() if rule.figure}

    @property
    def shared_items(self) -> frozenset[str]:
        """Cost items from which other public funding of them is deducted."""
        return frozenset(code for code, rule in self.costs.items() if rule.treatment == "deduct")

    def deadlines_of(self, year: int, moment: Moment | None = None) -> list[tuple[date, YearRule]]:
        """Days on which something is due for an exercise of an award, in order.

        None for an exercise outside the life of the scheme: no rule of it holds there.
        """
        return self._days(self.deadlines, year, moment)

    def rules_due(
        self, year: int, moment: Moment, granted: Fraction | None = None
    ) -> list[YearRule]:
        """The deadline rules of an exercise of an award, dated or not, in the order of the file.

        `granted` as for `instalments_of`.
        """
        mine = self._bearing(self.deadlines, year, moment)
        return [rule for rule in mine if rule.covers(year) and rule.concerns(granted)]

    def instalments_of(
        self, year: int, moment: Moment | None = None, granted: Fraction | None = None
    ) -> list[tuple[date, YearRule]]:
        """Days on which the funder should pay a share of an exercise, in order.

        `granted` (EUR) chooses among rules that depend on the amount; unknown, none of them holds.
        """
        mine = [rule for rule in self.instalments if rule.concerns(granted)]
        return self._days(mine, year, moment)

    def reading_of(self, year: int, moment: Moment | None = None) -> Reading | None:
        """The reading that an award follows for an exercise, None where the law has only one."""
        mine = [one for one in self.readings if year in one.years]
        chosen = moment.texts.get("reading") if moment else None
        found = [one for one in mine if one.code == chosen] or [one for one in mine if one.default]
        return found[0] if found else None

    def choices_of(self, term: str) -> Mapping[str, str]:
        """What a term of kind choice may say under this scheme: codes, with their words."""
        offered: Mapping[str, Iterable[Reading | Form]] = {
            "reading": self.readings,
            "form": self.forms,
        }
        if term == "evaluation" and "period_years" in self.options:
            return EVALUATIONS
        return {one.code: said(one.words) for one in offered.get(term, ())}

    def functions_of(self, form: str | None) -> frozenset[str]:
        """The functions that it finances for a legal form of the beneficiary."""
        return frozenset(row.function for row in self.functions if row.form in {"", form})

    def refused_functions(self, form: str | None) -> frozenset[str] | None:
        """Functions that it finances for other legal forms only.

        None where forms are told apart and this one is not known.
        """
        if self.forms and form not in self.choices_of("form"):
            return None
        return frozenset(row.function for row in self.functions) - self.functions_of(form)

    def _days(
        self, rules: Iterable[YearRule], year: int, moment: Moment | None
    ) -> list[tuple[date, YearRule]]:
        mine = [(rule.on(year, moment), rule) for rule in self._bearing(rules, year, moment)]
        found = [(day, rule) for day, rule in mine if day is not None]
        return sorted(found, key=lambda pair: pair[0])

    def _bearing(
        self, rules: Iterable[YearRule], year: int, moment: Moment | None
    ) -> list[YearRule]:
        """Those of the fund of an award, and of the reading of the law that it follows.

        None outside the life of the scheme: no rule of it holds there.
        """
        if self.life_period.overlap(year_period(year)).is_empty:
            return []
        reading = self.reading_of(year, moment)
        fund = moment.texts.get("fund") if moment else None
        return [
            rule
            for rule in rules
            if rule.fund in {None, fund}
            and (rule.reading is None or (reading is not None and rule.reading == reading.code))
        ]

    def tone_over(self, other: str, day: date) -> StackRule | None:
        """The rule on hours that `other` already finances, None when nothing is written."""
        rules = [rule for rule in self.stack if rule.over in {other, "*"} and rule.since <= day]
        return max(rules, key=lambda rule: (rule.over != "*", rule.since), default=None)


@cache
def schemes() -> Mapping[str, Scheme]:
    """Every scheme of the folder by code, in order of settlement."""
    found = [read_scheme(path) for path in sorted(FOLDER.glob("*.toml"))]
    ordered = sorted(found, key=lambda scheme: (scheme.order, scheme.code))
    return MappingProxyType({scheme.code: scheme for scheme in ordered})


@cache
def general_figures() -> Figures:
    """The general figures and those of every scheme."""
    extra = [figure for scheme in schemes().values() for figure in scheme.figures]
    return load().with_values(extra)


def read_scheme(path: Path) -> Scheme:
    """One scheme from its file.

    Raises:
        InvalidScheme: a key, shape, cost item, head or tone is unknown, or something is absent.
    """
    with refused_as(InvalidScheme, path):
        return _scheme(read_toml(path), path)


def _scheme(table: dict[str, Any], path: Path) -> Scheme:
    refuse(set(table) - _KEYS, "clé inconnue")
    refuse({table["authority"]} - set(AUTHORITIES), "pouvoir inconnu", "authority")
    refuse({table["shape"]} - set(SHAPES), "forme de calcul inconnue", "shape")
    refuse(set(table["heads"]) - set(HEADS), "rubrique inconnue", "heads")
    refuse(set(table.get("options", {})) - OPTIONS, "option inconnue", "options")
    for head, rule in table["heads"].items():
        unknown = {rule.removeprefix("optional:")} - {"full", "excluded"} - set(TERMS)
        refuse(unknown, "règle de rubrique inconnue", "heads", head)
    refuse(set(table["required_terms"]) - set(TERMS), "terme inconnu", "required_terms")
    account = table.get("income_account", Scheme.income_account)
    refuse({account} - set(accounts()), "compte inconnu", "income_account")
    figures = own_figures(table, path)
    with within("costs"):
        costs = cost_rules(table["costs"], figures)
        wanted = {*cost_items(), *outside_payroll()}
        refuse(wanted - set(costs), "élément de coût absent")
        refuse(set(costs) - wanted - set(expense_categories()), "élément de coût inconnu")
    scheme = Scheme(
        code=table["code"],
        authority=table["authority"],
        funder=table["funder"],
        label=table["label"],
        shape=table["shape"],
        order=table["order"],
        life=life_of(table["life"]),
        verified=day_of(table, "verified"),
        approvals=tuple(table["approvals"]),
        options=table.get("options", {}),
        costs=costs,
        heads=table["heads"],
        required_terms=tuple(table["required_terms"]),
        deadlines=days_of("deadlines", table.get("deadlines", [])),
        instalments=(
            *days_of("instalments", table.get("instalments", [])),
            *borrowed_days(table, path),
        ),
        documents=documents_of(table.get("documents", [])),
        stack=stack_rules(table),
        figures=figures,
        rules=rule_texts(table.get("rules", [])),
        frame=frame_rows(table.get("frame", [])),
        functions=function_rows(table.get("functions", [])),
        forms=forms_of(table.get("forms", [])),
        readings=readings_of(table.get("readings", of_the_other(table, path, "readings"))),
        ceilings=ceilings_of(table.get("ceilings", []), figures),
        income_account=account,
    )
    forms = {row.form for row in scheme.functions if row.form}
    refuse(forms - set(scheme.choices_of("form")), "forme juridique inconnue")
    refuse(_followed(scheme) - set(scheme.choices_of("reading")), "lecture inconnue")
    return scheme


def _followed(scheme: Scheme) -> set[str]:
    """The readings that its days and its frame belong to."""
    rules = {rule.reading for rule in (*scheme.deadlines, *scheme.instalments) if rule.reading}
    return rules | {row.reading for row in scheme.frame if row.reading}
