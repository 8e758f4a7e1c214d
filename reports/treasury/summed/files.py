"""The cash of all the services as files: amounts in EUR as texts, what is hidden as null."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine import money
from reports.documents.workbook.book import Bound, Imprint, Page, Value
from reports.documents.workbook.lines import eur
from reports.treasury.summed.page import SummedPage, name_of, page_of
from reports.treasury.summed.summing import FunderCash, SummedCash

FORMAT, FORMAT_VERSION = "federation_cash", 1


def render_files(cash: SummedCash) -> dict[str, bytes]:
    """The JSON and the workbook, the same for the same sums."""
    text = json.dumps(content_of(cash), ensure_ascii=False, indent=1) + "\n"
    return {"json": text.encode(), "xlsx": _workbook(cash)}


def content_of(cash: SummedCash) -> dict[str, Any]:
    """All that the page shows; `counts` by look and question are null where they are hidden."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "seen_on": cash.seen_on.isoformat(),
        "last": cash.last.isoformat(),
        "demo": cash.is_demo,
        "services": cash.services,
        "services_without_balance": cash.unknown,
        "amounts_left_out": cash.is_partial,
        "funders": [_funder(one) for one in cash.rows],
        "counts": [
            {"look": look, "question": question, "services": found and dict(sorted(found.items()))}
            for (look, question), found in cash.counts.items()
        ],
        "lateness": [
            {
                "look": look,
                "each_per_cent": _text(cash.points[look]),
                "own_rates": _text(cash.own[look]),
            }
            for look in cash.looks
        ],
        "services_with_rate": cash.rated,
    }


def _funder(one: FunderCash) -> Mapping[str, Any]:
    return {
        "funder": one.funder or None,
        "late": _text(one.late),
        "coming": _text(one.coming),
        "undated": _text(one.undated),
        "awaited": _text(one.awaited),
        "mean_delay_days": None if one.mean is None else str(one.mean),
        "median_delay_days": one.median,
        "payments": one.payments,
    }


def _text(cents: int | None) -> str | None:
    return None if cents is None else money.text(cents)


def _workbook(cash: SummedCash) -> bytes:
    page = page_of(cash)
    book = Bound(
        Imprint(
            title=_("Trésorerie"),
            organisation=_("Ensemble des services"),
            subject=_("Trésorerie"),
            year=f"{cash.seen_on.year}-{cash.last.year}",
            as_of=cash.seen_on,
            marks=_("DEMO \u2013 données inventées") if cash.is_demo else "",
        )
    )
    _write_funders(book.sheet(mark("Attendu"), (30, 18, 18, 18, 18, 14, 14)), page)
    _write_looks(book.sheet(mark("Services"), (54, 24, 24, 24, 24)), page)
    meanings = book.sheet(mark("Définitions"), (30, 100))
    meanings.titles(_("Ce que chaque chiffre veut dire"))
    for name, words in page.meanings:
        meanings.line(((name, "text"), (words, "text")))
    return book.close()


def _write_funders(sheet: Page, page: SummedPage) -> None:
    sheet.titles(_("Attendu des pouvoirs subsidiants, en euros"))
    sheet.heads((_("Pouvoir subsidiant"), *page.heads))
    sheet.freeze(1)
    for one in page.cash.rows:
        sums = (one.late, one.coming, one.undated, one.awaited)
        days = (one.mean, one.median)
        sheet.line(
            (
                (name_of(one.funder), "text"),
                *((_shown(cents), "money") for cents in sums),
                *((_days(value), "hours") for value in days),
            ),
            "line" if one.funder else "total",
        )


def _write_looks(sheet: Page, page: SummedPage) -> None:
    sheet.titles(_("Combien de services manquent d'argent"))
    sheet.heads((_("Services"), *page.looks))
    for line in (*page.below, *page.costs):
        cells = ((line.name, "text"), *((cell, "code") for cell in line.cells))
        sheet.line(cells, "total" if line.strong else "line")


def _days(days: Fraction | int | None) -> Value:
    return _("masqué") if days is None else Fraction(days)


def _shown(cents: int | None) -> Value:
    return _("masqué") if cents is None else eur(cents)
