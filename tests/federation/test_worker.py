"""Workers in processes of their own: killed, stopped, doubled; every effect exactly once."""

import os
import signal
import sys

import pytest

from tests.federation.conftest import Site

pytestmark = pytest.mark.database


def test_a_worker_killed_in_mid_job_is_replaced_and_nothing_is_done_twice(site: Site) -> None:
    site.ask(steps=8, pause=0.5)
    first = site.start("worker", "--until-empty")
    site.wait_for(effects=2)
    first.send_signal(signal.SIGKILL)
    first.wait()
    left = site.jobs()[0]
    assert left["state"] == "running"
    assert left["effects"] < 8
    site.run("worker", "--until-empty", "--silence", "1")
    [found] = site.jobs()
    assert (found["state"], found["effects"], found["attempts"]) == ("done", 8, 2)
    assert found["result"]["attempts"][0] == 1
    assert found["result"]["attempts"][-1] == 2


def test_two_workers_share_fifty_jobs_and_carry_each_once(site: Site) -> None:
    site.ask(count=50, steps=2)
    workers = [site.start("worker", "--until-empty") for _number in range(2)]
    for worker in workers:
        worker.communicate(timeout=180)
    assert [worker.returncode for worker in workers] == [0, 0]
    found = site.jobs()
    assert len(found) == 50
    assert {(one["state"], one["effects"], one["attempts"]) for one in found} == {("done", 2, 1)}


def test_a_worker_asked_to_end_finishes_its_step_and_gives_the_row_back(site: Site) -> None:
    site.ask(steps=20, pause=0.5)
    worker = site.start("worker", "--until-empty")
    site.wait_for(effects=2)
    worker.terminate()
    said, _nothing = worker.communicate(timeout=180)
    assert (worker.returncode, said) == (0, "")
    left = site.jobs()[0]
    assert (left["state"], left["attempts"]) == ("queued", 0)
    assert 2 <= left["effects"] < 20


def test_several_processes_end_when_nothing_is_left(site: Site) -> None:
    site.ask(count=6, steps=2, pause=0.1)
    site.run("worker", "--processes", "2", "--until-empty")
    assert {(one["state"], one["effects"]) for one in site.jobs()} == {("done", 2)}


def test_a_process_that_dies_is_started_again_and_said(site: Site) -> None:
    site.ask(steps=8, pause=0.5)
    supervisor = site.start("worker", "--processes", "1", "--silence", "1")
    site.wait_for(effects=1)
    os.kill(site.child_of(supervisor), signal.SIGKILL)
    site.wait_for(state="done", effects=8)
    supervisor.terminate()
    said, _nothing = supervisor.communicate(timeout=180)
    assert supervisor.returncode == 0
    assert said == "Un travailleur s'est arrêté (code -9) : il est relancé.\n"


def test_the_processes_of_a_killed_supervisor_end_by_themselves(site: Site) -> None:
    site.ask(steps=1)
    supervisor = site.start("worker", "--processes", "1")
    site.wait_for(state="done")
    supervisor.kill()
    said, _nothing = supervisor.communicate(timeout=180)  # until no child holds the pipe open
    assert (supervisor.returncode, said) == (-9, "")


def test_a_worker_ends_with_the_process_that_it_was_started_beside(site: Site) -> None:
    """As `./run serve` does: the worker is started, then the shell becomes the server."""
    script = "python -m backoffice worker --with-parent $$ & exec sleep 60"
    beside = site.begin(["sh", "-c", script.replace("python", sys.executable, 1)])
    site.ask(steps=1)
    site.wait_for(state="done")
    beside.kill()
    said, _nothing = beside.communicate(timeout=180)  # until no worker holds the pipe open
    assert (beside.returncode, said) == (-9, "")
