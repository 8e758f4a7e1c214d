"""A search: the rows of one's organisations, then the rules and figures that anyone may read."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.web.folding import fold
from backoffice.web.templatetags.labels import label
from grants.scheme import schemes
from grants.selectors import figures_registry
from reports.search import rows
from reports.search.content import MOST_HITS, Group, Hit, Question, group

_OF_ROWS = (
    rows.workers,
    rows.awards,
    rows.dossiers,
    rows.invoices,
    rows.receipts,
    rows.suppliers,
    rows.deadlines,
    rows.files,
)


def search(asked: Question) -> list[Group]:
    """The groups that hold something; the number of queries is the same for any text."""
    own = [find(asked) for find in _OF_ROWS] if asked.organisations else []
    groups = [*own, _rules(asked), _figures(asked)]
    return [one for one in groups if one.hits]


def _rules(asked: Question) -> Group:
    """Schemes by code, name and funder, in both languages."""
    hits = [
        Hit(label(scheme.label), label(scheme.funder), reverse("rule", args=[scheme.code]))
        for scheme in schemes().values()
        if _holds(asked, (scheme.code, *scheme.label.values(), *scheme.funder.values()))
    ]
    return group(_("Règles par régime"), hits, reverse("rules"))


def _figures(asked: Question) -> Group:
    """Reference values by code and name, in both languages."""
    hits = []
    for figure in figures_registry().values():
        if _holds(asked, (figure.code, *figure.label.values())):
            address = reverse("figure", args=[figure.code])
            hits.append(Hit(label(figure.label), "", address))
        if len(hits) > MOST_HITS:
            break
    return group(_("Valeurs de référence"), hits)


def _holds(asked: Question, texts: Iterable[str]) -> bool:
    whole = fold(" ".join(texts)) or ""
    return all(word in whole for word in (fold(asked.text) or "").split())
