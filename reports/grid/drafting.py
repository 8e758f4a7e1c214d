"""Edits that are not saved: read, checked, and put into the year as if they were."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import month_index
from backoffice.web.templatetags.labels import cited
from backoffice.web.templatetags.money import month_words
from reports.grid.cell_text import HOURS, LONGEST, CellRefused, hours_text, read_cell, written
from reports.grid.places import Key, Places
from reports.grid.sent_claims import grows, locked_page, remedy_of
from reports.grid.sheet import month_states
from reports.grid.states import MonthState, Words
from reports.grid.windows import runs_of, stretches_of
from staffing.allocation import Held, Stretch, day_of, rewritten
from staffing.models import Assignment
from staffing.services.allocation import MonthChange

_WEEK = 7


class AwardLocked(CellRefused):
    """A frozen justification locks the year of the award; the message says what opens it."""


class UnknownCell(LookupError):
    """A cell names a worker or a post that this year of the organisation does not have."""


@dataclass(frozen=True)
class Edit:
    """What somebody typed in a cell; `number` is the month, 1 to 12."""

    worker: int
    post: int
    number: int
    text: str
    unit: str

    @property
    def key(self) -> Key:
        return self.worker, self.post


@dataclass(frozen=True)
class Problem:
    """Why a cell cannot be saved, in words that name it.

    `award` is the reference of the one whose justification must be corrected or unlocked first.
    """

    worker: int
    post: int
    number: int
    message: str
    award: str = ""


@dataclass(frozen=True)
class Draft:
    """The year with the edits in it, the changes that saving would write, and what is refused."""

    places: Places
    changes: tuple[MonthChange, ...]
    problems: tuple[Problem, ...]


def draft_of(places: Places, edits: Sequence[Edit]) -> Draft:
    """Put edits into a year; those that cannot be read are told and left out.

    Raises:
        UnknownCell: a worker or post of another organisation or year.
    """
    changes: list[MonthChange] = []
    problems: list[Problem] = []
    for edit in edits:
        if edit.worker not in places.workers or edit.post not in places.posts:
            raise UnknownCell(f"{edit.worker}:{edit.post}")
        try:
            change = _change(places, edit)
        except AwardLocked as error:
            found = problem_of(places, edit, str(error))
            problems.append(replace(found, award=places.award(edit.post).row.reference))
        except CellRefused as error:
            problems.append(problem_of(places, edit, str(error)))
        else:
            changes += [change] if change else []
    drawn = places.with_assignments(_rows(places, changes)) if changes else places
    return Draft(drawn, tuple(changes), tuple(problems))


def refusals(places: Places, draft: Draft) -> Iterator[Problem]:
    """The changed months that the rules forbid, unless the change takes hours off them.

    A month that a frozen or sent version asks for already is refused until it is corrected.
    """
    before = Words(places.facts.awards, places.facts.year)
    for worker in dict.fromkeys(change.worker for change in draft.changes):
        former = month_states(places, worker, before)
        now = month_states(draft.places, worker, before)
        for change in draft.changes:
            place = change.month - month_index(places.year.start)
            if change.worker == worker:
                states = former[place][0], now[place][0]
                yield from _refusal(places, draft, change, states)


def _refusal(
    places: Places, draft: Draft, change: MonthChange, states: tuple[MonthState, MonthState]
) -> Iterator[Problem]:
    edit = Edit(change.worker, change.post, change.month % 12 + 1, change.after, HOURS)
    cell = places.workers[change.worker].number, change.month
    clash, (was, state) = draft.places.clashes.get(cell), states
    award = places.award(change.post).row.reference
    page = locked_page(clash, places.locked) if clash and award in clash.live else ""
    if clash and page and grows(clash, places.clashes.get(cell)):
        words = f"{clash.words} {remedy_of(clash, places.locked)}"
        yield replace(problem_of(places, edit, words), award=page)
    elif state.refused and (not was.refused or state.excess >= was.excess):
        message = _(
            "cumul interdit, %(hours)s h de trop sur le mois. %(article)s Retirez "
            "les heures de l'une des subventions."
        ) % {
            "hours": hours_text(money.round_ratio(state.excess, _WEEK)),
            "article": sentence(cited(state.article)),
        }
        yield problem_of(places, edit, message)


def problem_of(places: Places, edit: Edit, message: str) -> Problem:
    """A problem that says of which cell it is."""
    named = _("%(worker)s, %(award)s, %(month)s : %(message)s") % {
        "worker": places.workers[edit.worker].number,
        "award": places.award(edit.post).row.reference,
        "month": month_words(places.facts.year * 12 + edit.number - 1),
        "message": message,
    }
    return Problem(edit.worker, edit.post, edit.number, named)


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if not text or text.endswith(".") else f"{text}."


def _change(places: Places, edit: Edit) -> MonthChange | None:
    """What an edit writes; None where the cell already holds it."""
    month = month_index(places.year.start) + edit.number - 1
    if len(edit.text) > LONGEST * 2:
        raise CellRefused(_("Ce texte est trop long pour une case (%d signes au plus).") % LONGEST)
    parts = read_cell(edit.text, edit.unit, month)
    window = places.window(edit.key, month)
    if parts and not window:
        raise CellRefused(_("ni contrat, ni poste ou ni subvention ce mois-ci : videz la case."))
    held = places.rows(edit.key)
    wanted = stretches_of(parts, window)
    before = written(runs_of(held, window), HOURS)
    after = written(runs_of(as_held(wanted), window), HOURS)
    if before == after:
        return None
    lock = places.locks.get(places.award(edit.post).row.pk)
    if lock:
        raise AwardLocked(lock)
    return MonthChange(edit.worker, edit.post, month, wanted, before, after)


def as_held(stretches: Iterable[Stretch]) -> list[Held]:
    """Dated hours as assignments without a reason."""
    return [Held(one.start, one.stop, one.hours) for one in stretches]


def _rows(places: Places, changes: Sequence[MonthChange]) -> list[Assignment]:
    """The assignments of the year once the changes are written."""
    months: dict[Key, dict[int, Sequence[Stretch]]] = {}
    for change in changes:
        months.setdefault((change.worker, change.post), {})[change.month] = change.stretches
    kept = [
        one for one in places.facts.staff.assignments if (one.worker_id, one.post_id) not in months
    ]
    for key, wanted in months.items():
        kept += _drawn(places, key, wanted)
    return kept


def _drawn(
    places: Places, key: Key, wanted: Mapping[int, Sequence[Stretch]]
) -> Iterator[Assignment]:
    post = places.posts[key[1]][1]
    for held in rewritten(places.rows(key), wanted):
        yield Assignment(
            worker=places.workers[key[0]],
            post=post,
            starts_on=date.fromordinal(held.start),
            ends_on=day_of(held.stop),
            weekly_hours=Decimal(held.hours) / 100,
            reason=held.reason,
        )
