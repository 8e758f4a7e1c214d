"""One patch: what it changes, of what, from which day; and why it may be refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from backoffice.engine.periods import month_index, month_start
from backoffice.engine.phrases import Phrase

Value = str | int | Fraction | date | bool


class Touch(Enum):
    """What must be computed again: the pay and all that follows, the lines, what awards pay."""

    PAY = "pay"
    LINES = "lines"
    AWARDS = "awards"


class Refused(ValueError):
    """A patch that cannot be applied; it names what exists and the way out.

    Attributes:
        why: a phrase, which can be said in either language.
        telling: it names, or measures, what single employers have.
    """

    def __init__(self, why: str, *, telling: bool = False) -> None:
        super().__init__(why)
        self.why, self.telling = why, telling


@dataclass(frozen=True)
class Patch:
    """One change from a day on.

    Attributes:
        number: its place in the scenario, from 1; messages name it.
        kind: one of `KINDS`.
        target: code of what changes; each kind says which codes exist.
        since: first day on which it holds; nothing moves before.
        values: by name; amounts are exact EUR, rates exact ratios, hours a week exact hours.
    """

    number: int
    kind: str
    target: str
    since: date
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def month(self) -> int:
        """Index of the first whole month from the day on: what counts by months begins there."""
        month = month_index(self.since)
        return month + int(self.since != month_start(month))

    def number_of(self, name: str) -> Fraction | None:
        """A value written as a number, None where it is absent.

        Raises:
            Refused: it is not a number.
        """
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            raise Refused(
                Phrase(
                    "« %(name)s » est un nombre, et non « %(value)s » : écrivez-le en chiffres.",
                    name=name,
                    value=value,
                )
            )
        return Fraction(value)

    def text_of(self, name: str) -> str:
        """A value written as a word, empty where it is absent."""
        return str(self.values.get(name, ""))

    def one_of(self, *names: str) -> str:
        """Which of these values it gives: exactly one.

        Raises:
            Refused: none, or more than one.
        """
        given = [name for name in names if name in self.values]
        if len(given) != 1:
            known = ", ".join(names)
            if not given:
                raise Refused(Phrase("donnez une valeur parmi : %(known)s.", known=known))
            raise Refused(
                Phrase(
                    "donnez une seule valeur parmi : %(known)s ; il y en a plusieurs : %(given)s.",
                    known=known,
                    given=", ".join(given),
                )
            )
        return given[0]


Touches = frozenset[Touch]
PAY, LINES, AWARDS = (frozenset({one}) for one in Touch)
NOTHING = frozenset[Touch]()


def listed(names: Iterable[str], most: int = 12) -> str:
    """The first names that exist, as a message shows them."""
    found = sorted(dict.fromkeys(names))
    return (", ".join(found[:most]) or "—") + ("…" if len(found) > most else "")


def overriding(early: "Patch", late: "Patch") -> Phrase:
    """The sentence that says which of two patches on the same value counts."""
    if early.target == late.target:
        return Phrase(
            "Modification n° %(early)s : la n° %(late)s fixe la même valeur de « %(target)s », "
            "c'est elle qui compte. Retirez l'une des deux.",
            early=early.number,
            late=late.number,
            target=late.target,
        )
    return Phrase(
        "Modification n° %(early)s (« %(of)s ») : la n° %(late)s fixe la même valeur de "
        "« %(target)s », c'est elle qui compte. Retirez l'une des deux.",
        early=early.number,
        of=early.target,
        late=late.number,
        target=late.target,
    )


@dataclass(frozen=True)
class Refusal:
    """A patch that was not applied, and the sentence that says why; `telling` as in `Refused`."""

    patch: Patch
    message: Phrase
    telling: bool = False


UNCOUNTABLE = (OverflowError, ValueError)
"""What arithmetic raises on values that no amount, day or share can have."""


def refusal_of(patch: Patch, error: Refused) -> Refusal:
    """The refusal of a patch, with its number."""
    said = Phrase("Modification n° %(number)s : %(why)s", number=patch.number, why=error.why)
    return Refusal(patch, said, error.telling)


def beyond(patch: Patch) -> Refusal:
    """The refusal of a patch with which amounts cannot be counted."""
    why = Phrase(
        "avec elle, un montant ou un jour de « %(target)s » dépasse ce qui peut être compté. "
        "Écrivez une valeur plus proche de zéro.",
        target=patch.target,
    )
    return refusal_of(patch, Refused(why))
