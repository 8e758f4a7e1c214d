"""The allocation grid: from an edit to its totals, for 40 workers x 12 months x 8 awards."""

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from backoffice.federation.models import Membership, Organisation
from bench import grid_browser
from bench.database import empty_database
from bench.table import Row
from bench.timing import timed
from bench.year import AS_OF, YEAR, write_year, year_rows
from grants.models import Award, Post, Term
from reports.exchange.importer import import_workbook
from reports.justifications import year_dossiers
from reports.startup import warm
from staffing.models import Assignment

WORKERS, AWARDS, INVOICES = 40, 8, 600
_MORE = ("cocof_facultative", "region_facultative", "fwb_facultative") * 3
_HOURS = Decimal("2.00")
_OK = 200


def measure(*, quick: bool) -> Iterator[Row]:
    """One edit, a pasted year of one worker, a save, and the page."""
    empty_database()
    with tempfile.TemporaryDirectory() as folder:
        report = import_workbook(write_year(Path(folder) / "y.xlsx", year_rows(WORKERS, INVOICES)))
    if not report.applied:
        raise RuntimeError(f"the workbook was refused: {report.problems[:3]}")
    employer, runs = Organisation.objects.get(), 5 if quick else 21
    posts = _posts(employer)
    _assign(employer, posts)
    client = _client(employer)
    worker = employer.workers.earliest("number").pk
    one = [[f"{worker}:{posts[0].pk}:3", "4 h", "percent"]]
    year = [[f"{worker}:{post.pk}:{month}", "4 h", "percent"] for post in posts for month in _YEAR]
    anew = timed(lambda: year_dossiers(employer, YEAR, AS_OF), 3 if quick else 5)
    size = f"{Assignment.objects.count()} assignments, {len(posts)} awards"
    for words, edits in (("one cell", one), (f"{len(year)} cells pasted", year)):
        yield Row.of(
            f"grid, {words}: from POST to totals",
            timed(_posting(client, "grid_preview", edits), runs),
            target="< 300 ms",
            alternative="reading and laying out every dossier again, before any page",
            other=anew.middle,
            memory=size,
        )
    yield Row.of("grid, the page of the year", timed(lambda: client.get(_address("grid")), runs))
    cell = f"{worker}:{posts[0].pk}:3"
    yield from grid_browser.rows(client, _address("grid"), cell, 5 if quick else 15)


_YEAR = range(1, 13)


def _posting(client: Client, name: str, edits: list[list[str]]) -> Callable[[], None]:
    address, body = _address(name), json.dumps({"edits": edits})

    def work() -> None:
        answer: Any = client.post(address, body, "application/json")
        if answer.status_code != _OK or answer.json()["problems"]:
            raise RuntimeError(f"the grid answers {answer.status_code}: {answer.content[:300]}")

    return work


def _address(name: str) -> str:
    year = [] if name == "grid" else [YEAR]
    return f"{reverse(name, args=year)}?au={AS_OF.isoformat()}&annee={YEAR}"


def _client(employer: Organisation) -> Client:
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    user, _ = get_user_model().objects.get_or_create(username="bench")
    Membership.objects.get_or_create(user=user, organisation=employer)
    warm()  # as the server does at its start
    client = Client()
    client.force_login(user)
    return client


def _posts(employer: Organisation) -> list[Post]:
    """One post of each of eight awards; what the workbook lacks is invented."""
    held = Post.objects.filter(award__organisation=employer, ends_on=None).order_by("pk")
    found = {post.award_id: post for post in held if _covers(post.award)}
    for number, scheme in enumerate(_MORE):
        if len(found) < AWARDS:
            award = Award.objects.create(
                organisation=employer,
                reference=f"BENCH-{number}",
                scheme=scheme,
                label="Subvention inventée",
                letter_reference="LETTRE",
                letter_on=date(YEAR, 1, 1),
                notified_on=date(YEAR, 1, 1),
                starts_on=date(YEAR, 1, 1),
                ends_on=date(YEAR, 12, 31),
            )
            Term.objects.create(
                award=award,
                code="granted",
                value="100000.00",
                starts_on=date(YEAR, 1, 1),
                ends_on=date(YEAR, 12, 31),
                decided_on=date(YEAR, 1, 1),
                letter_reference="LETTRE",
            )
            found[award.pk] = Post.objects.create(
                award=award, code="P", function="social", fte=5, starts_on=date(YEAR, 1, 1)
            )
    return list(found.values())[:AWARDS]


def _covers(award: Award) -> bool:
    last = award.ends_on or date.max
    return award.starts_on <= date(YEAR, 1, 1) and last >= date(YEAR, 12, 31)


def _assign(employer: Organisation, posts: list[Post]) -> None:
    """Every worker on every award, a little each: within the contract of each."""
    Assignment.objects.all().delete()
    Assignment.objects.bulk_create(
        Assignment(worker=worker, post=post, starts_on=date(YEAR, 1, 1), weekly_hours=_HOURS)
        for worker, post in product(employer.workers.order_by("pk"), posts)
    )
