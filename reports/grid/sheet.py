"""The rows and cells of the grid, from an employer-year, drafted or saved."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import month_index
from backoffice.web.templatetags.labels import cited, said
from backoffice.web.templatetags.money import MINUS
from backoffice.web.templatetags.money import fte as fte_text
from grants.stacking import TONE_WORDS
from reports.grid.cell_text import HOURS, PERCENT, hours_text, tenths_of_percent, written
from reports.grid.content import Block, Cell, Choice, Free, Row
from reports.grid.held_words import held_words
from reports.grid.places import Key, Places
from reports.grid.sent_claims import Clash, remedy_of
from reports.grid.states import MonthState, Words, month_state
from reports.grid.windows import Span, month_days, runs_of, spans_of
from staffing.models import AllocationNote

NoteKey = tuple[str, str, str, int]
Notes = Mapping[NoteKey, int]
"""How many decisions are kept, by worker, award, post and month."""


def notes_of(notes: Iterable[AllocationNote]) -> Notes:
    """Decisions counted by the cell that they are about."""
    return Counter(
        (one.worker_number, one.award_reference, one.post_code, month_index(one.month))
        for one in notes
    )


def blocks_of(
    places: Places, workers: Iterable[int], notes: Notes, extra: Iterable[Key] = ()
) -> tuple[Block, ...]:
    """The workers with their rows; `extra` are rows to show although nothing is held there."""
    words = Words(places.facts.awards, places.facts.year)
    asked = list(extra)
    return tuple(_block(places, worker, notes, words, asked) for worker in workers)


def present(places: Places) -> list[int]:
    """The workers with a contract or an assignment in the year, by number."""
    year = places.year
    first, stop = year.start.toordinal(), year.stop.toordinal()
    return [
        pk
        for pk in places.workers
        if places.held[pk]
        or any(line.start < stop and line.stop > first for line in places.lines[pk])
    ]


def worker_choices(places: Places, workers: Iterable[int]) -> tuple[Choice, ...]:
    """Workers by number and name."""
    found = [places.workers[worker] for worker in workers]
    return tuple(Choice(one.pk, f"{one.number} {one.name}") for one in found)


def choices(places: Places) -> tuple[Choice, ...]:
    """The posts that a row may be opened on, award by award."""
    return tuple(
        Choice(post.pk, f"{award.row.reference} · {post}")
        for award in places.facts.awards
        if award.row.pk not in places.locks
        for post in award.posts
    )


def month_states(places: Places, worker: int, words: Words) -> list[tuple[MonthState, list[Span]]]:
    """The twelve months of a worker, each with its days under contract."""
    charges, lines = places.charges(worker), places.lines[worker]
    found = []
    for month in places.year.months():
        spans = list(spans_of(lines, *month_days(month)))
        found.append((month_state(spans, charges, words, month), spans))
    return found


def _block(places: Places, worker: int, notes: Notes, words: Words, extra: Sequence[Key]) -> Block:
    row = places.workers[worker]
    states = month_states(places, worker, words)
    months = list(places.year.months())
    keys = {(worker, one.post_id) for one in places.held[worker] if one.post_id in places.posts}
    keys |= {key for key in extra if key[0] == worker}
    ordered = sorted(keys, key=lambda key: _place(places, key))
    return Block(
        worker=worker,
        number=row.number,
        name=row.name,
        version=places.version(worker),
        free=tuple(
            _free(month, state, spans) for month, (state, spans) in zip(months, states, strict=True)
        ),
        rows=tuple(
            _row(places, key, notes, [state for state, _spans in states]) for key in ordered
        ),
    )


def _place(places: Places, key: Key) -> tuple[str, str]:
    index, post = places.posts[key[1]]
    return places.facts.awards[index].row.reference, post.code


def _row(places: Places, key: Key, notes: Notes, states: Sequence[MonthState]) -> Row:
    index, post = places.posts[key[1]]
    award = places.facts.awards[index]
    held, number = places.rows(key), places.workers[key[0]].number
    lock = places.locks.get(award.row.pk, "")
    cells = []
    for month, state in zip(places.year.months(), states, strict=True):
        window = places.window(key, month)
        runs = runs_of(held, window)
        percent, hours = written(runs, PERCENT), written(runs, HOURS)
        word, detail = _state(places, index, state, lock, window)
        clash = places.clashes.get((number, month))
        if clash is not None and word not in {"locked", "outside"}:
            word, detail = _sent_state(places, award.row.reference, clash, (word, detail))
        if percent:
            detail = f"{held_words(runs, window)} {detail}"
        kept = notes.get((number, award.row.reference, post.code, month), 0)
        cells.append(Cell(month, month % 12 + 1, percent, hours, word, detail.strip(), kept))
    return Row(key[0], key[1], award.row.reference, award.row.label, post.code, tuple(cells))


def _state(
    places: Places, index: int, state: MonthState, lock: str, window: Sequence[Span]
) -> tuple[str, str]:
    """The state of a cell and its words; what cannot be changed comes first."""
    if lock:
        return "locked", lock
    if not window:
        return "outside", _("Ni contrat, ni poste ou ni subvention ce mois-ci : rien à affecter.")
    if index not in state.awards:
        return "", ""
    others = [places.facts.awards[other].row.reference for other in sorted(state.awards - {index})]
    words = said(TONE_WORDS[state.tone])
    if others:
        words = _("%(words)s avec %(others)s") % {"words": words, "others": ", ".join(others)}
    return state.tone, " ".join(
        part for part in (f"{capfirst(words)}.", cited(state.article)) if part
    )


def _sent_state(
    places: Places, reference: str, clash: Clash, held: tuple[str, str]
) -> tuple[str, str]:
    """The state of a cell whose month a version that has left asks for already."""
    if reference not in clash.live:
        return held
    words = (clash.words, remedy_of(clash, places.locked), held[1])
    return "sent", " ".join(part for part in words if part)


def _free(month: int, state: MonthState, spans: Sequence[Span]) -> Free:
    """What a month leaves, on the average of its days under contract."""
    days = sum(span.days for span in spans)
    if not days:
        return Free(month, "outside", "", "", Fraction(0), _("Sans contrat ce mois-ci."))
    rest = state.contract - state.charged
    word = "over" if state.excess else "free" if rest > 0 else "full"
    hours = money.round_ratio(rest, days)
    percent = tenths_of_percent(abs(rest), state.contract)
    detail = {
        "over": _("Heures au-delà du contrat : elles portent deux subventions."),
        "free": _("%(fte)s ETP libre, %(hours)s h par semaine."),
        "full": _("Tout le contrat est affecté."),
    }[word]
    if word == "free":
        detail = detail % {"fte": fte_text(state.free), "hours": hours_text(hours)}
    sign = MINUS if rest < 0 else ""
    return Free(month, word, sign + percent, sign + hours_text(abs(hours)), state.free, detail)
