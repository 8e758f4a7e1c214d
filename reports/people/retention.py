"""The rules of conservation, kind by kind: what is held, what is past its term, what nobody knows.

A real run erases, in one transaction, everything that is past its term on a day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.federation.audit import because
from backoffice.federation.identities.named import forget_unused, unused
from backoffice.federation.models import Identity, Organisation
from reports.models import WorkbookImport
from reports.people.erasing import erase_identity, files_about
from reports.people.keeping import holds, later
from reports.people.mentions import review_of
from reports.uploads import forget_file

IMPORTS = "retention.imports"


@dataclass(frozen=True)
class Held:
    """One kind of data of one organisation: counts, never a name.

    `due` is past its term; `unknown` waits for a duration that nobody has filled in; of `review`
    somebody has to look first: it is past its term too, but a text or a file may still name the
    person, or nobody has said whether a name is that of one.
    """

    organisation: str
    kind: str
    held: int
    due: int
    unknown: int
    review: int


class _Counts(NamedTuple):
    held: int
    due: int
    unknown: int
    review: int = 0


_Count = Callable[["_Run"], _Counts]


@dataclass(frozen=True)
class _Run:
    """A look at one organisation on a day, and the erasure where it is a real run."""

    organisation: Organisation
    today: date
    figures: Figures
    apply: bool
    by: User | None
    reason: str


def plan(today: date, figures: Figures) -> list[Held]:
    """What a real run would erase: nothing is written."""
    return [one for organisation in _organisations() for one in _look(organisation, today, figures)]


@transaction.atomic
def apply(*, by: User | None, reason: str, today: date, figures: Figures) -> list[Held]:
    """Erase everything that is past its term, all or nothing; what was found, as `plan` says it.

    Raises:
        ValueError: no reason is given.
    """
    if not reason.strip():
        raise ValueError(_("Indiquez le motif."))
    with because(reason):
        return [
            one
            for organisation in _organisations()
            for one in _counted(_Run(organisation, today, figures, True, by, reason))  # noqa: FBT003
        ]


def _organisations() -> list[Organisation]:
    return list(Organisation.objects.order_by("enterprise_number"))


def _look(organisation: Organisation, today: date, figures: Figures) -> Iterator[Held]:
    return _counted(_Run(organisation, today, figures, False, None, ""))  # noqa: FBT003


def _counted(run: _Run) -> Iterator[Held]:
    for kind, count in _KINDS.items():
        found = count(run)
        if found.held:
            yield Held(run.organisation.enterprise_number, kind, *found)


def _identities(kind: str) -> _Count:
    def count(run: _Run) -> _Counts:
        rows = Identity.objects.filter(
            organisation=run.organisation, kind=kind, erased_at__isnull=True
        )
        mine = list(rows.exclude(pk__in=unused(run.organisation).values("pk")).order_by("number"))
        found = [(identity, holds(identity, run.today, run.figures)) for identity in mine]
        over = [identity for identity, why in found if not why]
        due = [one for one in over if not review_of(one, files_about(one)).mentions]
        if run.apply:
            for identity in due:
                erase_identity(
                    identity=identity,
                    by=run.by,
                    reason=run.reason,
                    today=run.today,
                    figures=run.figures,
                )
        unknown = sum(1 for _identity, why in found if why and all(one.is_unknown for one in why))
        return _Counts(len(mine), len(due), unknown, len(over) - len(due))

    return count


def _unused(run: _Run) -> _Counts:
    """Names that no row is about: nothing asks to keep them."""
    count = unused(run.organisation).count()
    if run.apply:
        forget_unused(run.organisation)
    return _Counts(count, count, 0)


def _unsaid(run: _Run) -> _Counts:
    """Names of which nobody has said whether they are those of natural persons: nothing is done."""
    count = run.organisation.suppliers.filter(nature="").count()
    count += run.organisation.sales_invoices.filter(nature="").count()
    return _Counts(count, 0, 0, count)


def _imports(run: _Run) -> _Counts:
    rows = WorkbookImport.objects.filter(organisation=run.organisation)
    held = list(rows.values_list("pk", "uploaded_at"))
    try:
        months = run.figures.on(IMPORTS, run.today).value
    except FigureNotDefined:
        months = None
    if months is None:
        return _Counts(len(held), 0, len(held))
    due = [key for key, at in held if later(timezone.localdate(at), int(months)) < run.today]
    if run.apply:
        for upload in rows.filter(pk__in=due):
            forget_file(upload)
        rows.filter(pk__in=due).delete()
    return _Counts(len(held), len(due), 0)


_KINDS: dict[str, _Count] = {
    mark("travailleurs"): _identities(Identity.Kind.WORKER),
    mark("personnes hors paie"): _identities(Identity.Kind.OUTSIDE),
    mark("fournisseurs et ventes dont la nature n'est pas dite"): _unsaid,
    mark("noms sans usage"): _unused,
    mark("comptes rendus d'import"): _imports,
}
