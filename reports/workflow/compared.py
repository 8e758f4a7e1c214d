"""What two justifications do not say alike: amounts, lines by kind, values, other parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.web.templatetags.money import eur


@dataclass(frozen=True)
class Pair:
    """One amount before and after, in cents; None = unknown, or not there."""

    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Change:
    """A line that is "added", "removed" or "changed"; `about` says in what beside the amounts."""

    kind: str
    name: str
    about: str
    presented: Pair
    payable: Pair


@dataclass(frozen=True)
class Section:
    """The lines of one kind that differ, how many do not, and the totals of all of them."""

    code: str
    title: str
    changes: tuple[Change, ...]
    same: int
    presented: Pair
    payable: Pair

    def count(self, kind: str) -> int:
        """How many lines were added, removed or changed."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True)
class Comparison:
    """Everything that two justifications do not say alike."""

    amounts: tuple[tuple[str, Pair], ...]
    sections: tuple[Section, ...]
    figures: tuple[tuple[str, str, str], ...]
    others: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return (
            any(pair.differs for _name, pair in self.amounts)
            or any(section.changes for section in self.sections)
            or bool(self.figures or self.others)
        )

    @property
    def words(self) -> str:
        """What changed, in a few words."""
        found = [
            _("%(name)s : %(before)s → %(after)s")
            % {"name": name, "before": eur(pair.before), "after": eur(pair.after)}
            for name, pair in self.amounts
            if pair.differs
        ]
        for section in self.sections:
            found += _counted(section)
        if self.figures:
            count = len(self.figures)
            found.append(
                ngettext("%d valeur de référence", "%d valeurs de référence", count) % count
            )
        return ", ".join([*found, *self.others])


def _counted(section: Section) -> Iterator[str]:
    for kind, words in (
        ("added", _("%(count)d en plus")),
        ("removed", _("%(count)d en moins")),
        ("changed", _("%(count)d autrement")),
    ):
        count = section.count(kind)
        if count:
            said = words % {"count": count}
            yield _("%(section)s : %(said)s") % {"section": section.title, "said": said}
