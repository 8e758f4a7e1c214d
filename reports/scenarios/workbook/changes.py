"""What each scenario changes, in its order, what it assumes, and what is refused or unknown."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.engine.scenario.patch import Patch
from reports.documents.workbook.book import Page, Value
from reports.scenarios.assumed import Assumed, value_words
from reports.scenarios.codes import spoken
from reports.scenarios.comparing import Comparison, Outcome
from reports.scenarios.labels import KINDS
from reports.scenarios.scenario import Change, Scenario
from reports.scenarios.sentences import sentence as said_in_words

CHANGES_WIDTHS = (6, 22, 100)
CHANGES_HEADS = ("N°", "Nature", "Ce qui change")


def write_changes(page: Page, found: Comparison) -> None:
    """A list of changes for each scenario, then its sentences; then those of the baseline."""
    page.titles(_("Modifications et hypothèses"))
    for outcome in found.outcomes:
        page.row += 1
        language = get_language() or "fr"
        page.say(outcome.scenario.titled(language), "section")
        page.say(outcome.scenario.told(language), "subtitle")
        page.heads(CHANGES_HEADS)
        for patch in outcome.filled.patches:
            page.line([*_change(patch, outcome.scenario)])
        for sentence in _sentences(outcome):
            page.say(sentence, "subtitle")
    page.row += 1
    page.say(_("Ce que la situation d'aujourd'hui suppose"), "section")
    for sentence in (*map(supposed, found.base.paths), *found.notes):
        page.say(sentence, "subtitle")


def _change(patch: Patch, scenario: Scenario) -> Iterator[tuple[Value, str]]:
    yield patch.number, "count"
    yield KINDS[patch.kind], "text"
    change = Change(patch.number, patch.kind, patch.target, patch.since, patch.values)
    yield said_in_words(change, scenario), "text"


def _sentences(outcome: Outcome) -> Iterator[str]:
    yield from outcome.refused
    yield from outcome.overridden
    yield from map(supposed, outcome.filled.used)
    yield from outcome.notes


def supposed(one: Assumed) -> str:
    """An assumption in one sentence: what, how much, since when, by whom, from where."""
    return _(
        "Hypothèse, %(code)s : %(value)s à partir du %(since)s : %(sentence)s (%(source)s). Signée "
        "par %(author)s le %(signed)s."
    ) % {
        "code": spoken(one.code),
        "value": value_words(one),
        "since": f"{one.since:%d/%m/%Y}",
        "sentence": one.sentence,
        "source": one.source,
        "author": one.author,
        "signed": f"{one.signed_on:%d/%m/%Y}",
    }
