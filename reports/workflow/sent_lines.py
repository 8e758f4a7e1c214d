"""The lines of a frozen version as the funder decides them, and what its decision comes to."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.claims.decision import Bound, Decided, Frozen, decide_frozen
from backoffice.engine.claims.inputs import HEADS
from backoffice.web.templatetags.labels import said
from reports.models import DecisionLine, Justification
from reports.pseudonyms import named, suppliers_of
from reports.workflow.content import Document
from reports.workflow.line_kinds import written_month

Kind = DecisionLine.Kind
Place = tuple[str, int]
_SHARE = " x admissible staff"


@dataclass(frozen=True)
class SentLine:
    """One line of a frozen version, amounts in cents."""

    kind: str
    row: int
    head: str
    who: str
    about: str
    presented: int
    admissible: int

    @property
    def place(self) -> Place:
        """What makes it one line among the others."""
        return self.kind, self.row

    @property
    def name(self) -> str:
        """Its name in a form."""
        return f"{self.kind}-{self.row}"


@dataclass(frozen=True)
class Answer:
    """What the funder says of one line, in cents: accepted and refused sum to what is presented."""

    accepted: int
    refused: int
    reason: str


@dataclass(frozen=True)
class Claimed:
    """A frozen version: its lines in order, and what bounds their sum."""

    lines: tuple[SentLine, ...]
    frozen: Frozen
    heads: tuple[tuple[str, str], ...]

    def result(self, answers: Mapping[Place, Answer]) -> Decided:
        """What the answers come to; a line without one counts for nothing."""
        sums: dict[str, int] = {}
        for line in self.lines:
            found = answers.get(line.place)
            if found is not None:
                sums[line.head] = sums.get(line.head, 0) + found.accepted
        return decide_frozen(self.frozen, sums)


def claimed_of(version: Justification) -> Claimed:
    """Read a frozen version back; its admissible amounts are known, or it was not frozen."""
    suppliers = suppliers_of(version.award.organisation)
    document: Document = named(suppliers, json.loads(version.text))
    lines = (*map(_staff, document["staff"]), *map(_invoice, document["invoices"]))
    amounts = document["amounts"]
    granted = amounts["granted"]
    return Claimed(
        lines=lines,
        frozen=Frozen(
            heads=tuple(_bounds(document)),
            income=money.cents(amounts["income"]),
            admissible=money.cents(amounts["admissible"] or "0.00"),
            granted=None if granted is None else money.cents(granted),
        ),
        heads=tuple((head["name"], said(head["label"])) for head in document["heads"]),
    )


def full_answer(line: SentLine) -> Answer:
    """A line accepted as far as it is admissible; the rest is refused by the rules themselves."""
    refused = line.presented - line.admissible
    return Answer(
        line.admissible, refused, _("non admissible d'après le dossier") if refused else ""
    )


def _staff(line: Mapping[str, Any]) -> SentLine:
    return SentLine(
        kind=Kind.STAFF,
        row=line["row"],
        head="staff",
        who=line["worker"],
        about=_("%(month)s, poste %(post)s") % {**line, "month": written_month(line)},
        presented=money.cents(line["presented"]),
        admissible=_known(line),
    )


def _invoice(line: Mapping[str, Any]) -> SentLine:
    return SentLine(
        kind=Kind.INVOICE,
        row=line["row"],
        head=line["head"],
        who=line["piece"],
        about=_("%(supplier)s, %(number)s") % line,
        presented=money.cents(line["presented"]),
        admissible=_known(line),
    )


def _known(line: Mapping[str, Any]) -> int:
    written = line["admissible"]
    return 0 if written is None else money.cents(written)


def _bounds(document: Document) -> Iterable[Bound]:
    rates = {use["code"].rpartition(".")[2]: use for use in document["figures"]}
    for name in HEADS:
        head = next((one for one in document["heads"] if one["name"] == name), None)
        if head is None:
            continue
        maximum = head["maximum"]
        yield Bound(
            name=name,
            maximum=None if maximum is None else money.cents(maximum),
            share=_share(head["rule"], rates),
            excluded=head["rule"] == "excluded",
        )


def _share(rule: str, rates: Mapping[str, Mapping[str, Any]]) -> Fraction | None:
    """The rate of a maximum that is a share of the staff costs."""
    if _SHARE not in rule:
        return None
    name = rule.partition(_SHARE)[0].rpartition(" ")[2]
    return _ratio(rates[name]["text"]) if name in rates else None


def _ratio(text: str) -> Fraction:
    """A rate as it is published: "1 %", "0.01", "1/3"."""
    compact = "".join(text.split()).replace(",", ".")
    whole, _slash, part = compact.removesuffix("%").partition("/")
    return Fraction(whole) / Fraction(part or "1") / (100 if compact.endswith("%") else 1)
