"""A frozen document against the same award and exercise as they are known on a day.

Nothing is read here: a document and a dossier in, their difference out.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.periods import month_index
from backoffice.engine.sheet import FigureUse
from reports.complements.content import Cause, Changed, Complement, Difference
from reports.dossier import Dossier
from reports.sent import Sent, SentFigure

Amounts = Mapping[tuple[int, str], int]


def compare(sent: Sent, dossier: Dossier) -> Complement:
    """What is due beyond what was sent, by month and head.

    Args:
        sent: the version that the funder received.
        dossier: the same award and exercise, as known on the day of the question.
    """
    cover, payable = dossier.cover, dossier.amounts.payable
    known = payable is not None and sent.payable is not None
    return Complement(
        organisation=cover.organisation,
        enterprise_number=cover.enterprise_number,
        demo=cover.demo,
        funder=cover.funder,
        reference=cover.reference,
        label=cover.label,
        year=cover.year,
        version=sent.version,
        sent_as_of=sent.as_of,
        frozen_on=sent.frozen_on,
        as_of=cover.as_of,
        sent=sent.payable,
        payable=payable,
        missing=tuple(one.message for one in dossier.checks if one.code == "terms_missing"),
        lines=tuple(_differences(_sent(sent), _now(dossier))) if known else (),
        causes=tuple(_causes(sent, dossier.figures)),
        staff=_changed(
            _presented(((line.worker, line.month), line.presented) for line in sent.staff),
            _presented(((line.worker, line.month), line.presented) for line in dossier.staff),
        ),
        invoices=_changed(
            _presented((line.piece, line.presented) for line in sent.invoices),
            _presented((line.piece, line.presented) for line in dossier.invoices),
        ),
    )


def out_of_exercise(sent: Sent, as_of: date) -> Complement:
    """A version that was sent for an exercise that its award no longer touches: to be looked at."""
    cover = sent.document.get("cover", {})
    words = _("La subvention ne touche plus cet exercice : vérifiez ses dates.")
    return Complement(
        organisation=cover.get("organisation", ""),
        enterprise_number=cover.get("enterprise_number", ""),
        demo=bool(cover.get("demo")),
        funder=cover.get("funder", {"fr": "", "nl": ""}),
        reference=sent.reference,
        label=cover.get("label", ""),
        year=sent.year,
        version=sent.version,
        sent_as_of=sent.as_of,
        frozen_on=sent.frozen_on,
        as_of=as_of,
        sent=sent.payable,
        payable=None,
        missing=(words,),
        lines=(),
        causes=(),
        staff=Changed(),
        invoices=Changed(),
    )


def _differences(before: Amounts, after: Amounts) -> Iterator[Difference]:
    keys = sorted({*before, *after}, key=lambda key: (key[0], HEADS.index(key[1])))
    for month, head in keys:
        line = Difference(month, head, before.get((month, head), 0), after.get((month, head), 0))
        if line.amount:
            yield line


def _sent(sent: Sent) -> Amounts:
    """What was payable by month and head: of staff the month of pay, of an invoice its day."""
    staff = ((line.month, "staff", line.payable) for line in sent.staff)
    invoices = ((month_index(line.issued_on), line.head, line.payable) for line in sent.invoices)
    return _summed((*staff, *invoices))


def _now(dossier: Dossier) -> Amounts:
    staff = ((line.month, "staff", line.payable) for line in dossier.staff)
    invoices = ((month_index(line.issued_on), line.head, line.payable) for line in dossier.invoices)
    return _summed((*staff, *invoices))


def _summed(lines: Iterable[tuple[int, str, int | None]]) -> Amounts:
    """Cents by month and head; where the whole is known, so is each line."""
    found: dict[tuple[int, str], int] = {}
    for month, head, amount in lines:
        if amount is not None:
            found[month, head] = found.get((month, head), 0) + amount
    return found


def _causes(sent: Sent, uses: Iterable[FigureUse]) -> Iterator[Cause]:
    """The values of today that were not in the document, and that replace one or came later."""
    before = {(use.code, use.since): use for use in sent.figures}
    for use in sorted(uses, key=lambda one: (one.code, one.since, one.text)):
        same = before.get((use.code, use.since))
        late = use.decided is not None and use.decided > sent.as_of
        if (same is None and late) or (same is not None and same.text != use.text):
            old = same or _in_force(sent.figures, use)
            yield Cause(
                code=use.code,
                label=use.label,
                unit=use.unit,
                since=use.since,
                old=None if old is None else old.text,
                new=use.text,
                decided=use.decided,
                late=late,
                status=use.status,
                source=use.source,
            )


def _in_force(figures: Iterable[SentFigure], use: FigureUse) -> SentFigure | None:
    """The value of the document that stood on the first day of a newer one."""
    older = [one for one in figures if one.code == use.code and one.since <= use.since]
    return max(older, key=lambda one: one.since, default=None)


def _presented(lines: Iterable[tuple[Hashable, int]]) -> Mapping[Hashable, int]:
    """Cents by worker-month or piece, which may have several lines."""
    found: dict[Hashable, int] = {}
    for key, amount in lines:
        found[key] = found.get(key, 0) + amount
    return found


def _changed(before: Mapping[Hashable, int], after: Mapping[Hashable, int]) -> Changed:
    return Changed(
        added=len(after.keys() - before.keys()),
        removed=len(before.keys() - after.keys()),
        changed=sum(before[key] != after[key] for key in before.keys() & after.keys()),
    )
