"""`justify --final` beside the site: its freeze is a move too, and it takes no cost twice."""

import hashlib

import pytest

from reports.models import JustificationFile, Move, State
from reports.workflow.sent_lines import claimed_of
from reports.workflow.steps import MoveRefused
from tests.factories import SignOffFactory
from tests.reports.commands.conftest import Terminal
from tests.reports.commands.test_justify_and_explain import options
from tests.reports.workflow.life import Life, life

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_made_once")]


def freeze(terminal: Terminal, one: Life) -> int:
    words = [*options(one.place, one.award), "--final"]
    return terminal.run("justify", *words, "--out", str(terminal.folder))


def test_a_freeze_at_the_command_line_is_a_move_without_an_account(terminal: Terminal) -> None:
    one = life()
    assert freeze(terminal, one) == 0
    assert one.file.state == State.FROZEN
    move = Move.objects.get()
    assert (move.by, move.reason) == (None, "figée en ligne de commande")
    assert freeze(terminal, one) == 0
    assert Move.objects.count() == 1


def test_the_files_are_kept_as_they_were_written(terminal: Terminal) -> None:
    one = life()
    freeze(terminal, one)
    version = one.file.justification
    assert sorted(row.extension for row in version.files.all()) == ["pdf", "xlsx"]
    for row in version.files.all():
        on_disk = (terminal.folder / f"justification-a-2024.{row.extension}").read_bytes()
        with row.stored.file.open() as kept:
            assert kept.read() == on_disk
        assert row.stored.sha256 == hashlib.sha256(on_disk).hexdigest()
        assert version.file_digests[f"justification-a-2024.{row.extension}"] == row.stored.sha256


def test_a_new_content_replaces_a_frozen_version_and_corrects_a_sent_one(
    terminal: Terminal,
) -> None:
    one = life()
    freeze(terminal, one)
    one.raise_pay()
    freeze(terminal, one)
    assert (one.file.number, one.file.justification.version) == (1, 2)
    assert one.file.justification.replaces.withdrawn_at is not None
    one.move("send")
    one.raise_pay()
    freeze(terminal, one)
    former = JustificationFile.objects.get(number=1)
    assert (former.state, one.file.corrects, one.file.state) == ("corrected", former, "frozen")


def test_a_cost_that_another_frozen_dossier_claims_cannot_be_frozen(terminal: Terminal) -> None:
    """A worker-month of 3,000.00: Maribel asked for all of it, then ACS takes the same hours."""
    first = life()
    first.reach(State.SENT)
    assert claimed_of(first.file.justification).lines[0].presented == 300_000
    first.award.posts.get().assignments.all().delete()
    second = Life(first.place, first.place.funded("acs", "B"), first.finance, first.director)
    for check in second.place.dossier(second.award).checks:
        if check.level == "warning":
            SignOffFactory(award=second.award, subject=check.subject)
    assert freeze(terminal, second) == 2
    assert "déjà demandé ailleurs : W01" in terminal.err
    assert "envoyée v1" in terminal.err
    assert second.file.pk is None
    second.reach(State.APPROVED)
    with pytest.raises(MoveRefused, match="déjà demandé ailleurs"):
        second.move("freeze")
    assert second.file.state == State.APPROVED
