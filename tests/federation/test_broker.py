"""Jobs through Redis and RabbitMQ: the message only says which row, and may be lost or doubled."""

import os
import signal
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from kombu import Connection, Queue

from tests.federation.conftest import POSTGRES, Site

pytestmark = pytest.mark.database
BROKERS = os.environ.get("TEST_BROKER_URLS", "").split()
NO_BROKER = pytest.mark.skip(reason="TEST_BROKER_URLS names no Redis or RabbitMQ to try")
through_each_broker = pytest.mark.parametrize(
    "broker", BROKERS or [pytest.param("", marks=NO_BROKER)], ids=lambda url: url.split(":")[0]
)


@pytest.fixture
def through(site: Site, broker: str) -> Iterator[Site]:
    site.variables["CELERY_BROKER_URL"] = broker
    queue = site.variables["BACKOFFICE_QUEUE"]
    yield site
    site.end()
    with Connection(broker) as connection:
        for name in (queue, f"{queue}-lost"):
            Queue(name, channel=connection.default_channel).delete()


def closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@through_each_broker
def test_jobs_go_through_the_broker_each_once(through: Site) -> None:
    through.ask(count=20, steps=2)
    assert all(one["sent_at"] for one in through.jobs())
    said = through.run("worker", "--processes", "2", "--until-empty")
    assert not {"Traceback", "SecurityWarning"} & set(said.replace(":", " ").split())
    found = {(one["state"], one["effects"], one["attempts"]) for one in through.jobs()}
    assert found == {("done", 2, 1)}


@through_each_broker
def test_a_message_delivered_again_changes_nothing(through: Site) -> None:
    again = (
        "from backoffice.federation.jobs import ask\n"
        "from backoffice.federation.jobs.messages import send\n"
        "ask('effects', subject='effects:1', arguments={'steps': 2})\n"
        "for _number in range(3):\n"
        "    send(1)"
    )
    through.python(again)
    through.run("worker", "--until-empty")
    through.python(again)
    through.run("worker", "--until-empty")
    first = through.jobs()[0]
    assert (first["state"], first["effects"], first["attempts"]) == ("done", 2, 1)


@through_each_broker
def test_a_worker_of_the_broker_killed_in_mid_job_is_replaced(through: Site) -> None:
    through.ask(steps=8, pause=0.5)
    supervisor = through.start("worker", "--silence", "3", "--until-empty")
    through.wait_for(effects=2)
    os.kill(through.child_of(supervisor), signal.SIGKILL)
    said, _nothing = supervisor.communicate(timeout=180)
    assert supervisor.returncode == 0
    assert "Un travailleur s'est arrêté (code -9) : il est relancé." in said
    [found] = through.jobs()
    assert (found["state"], found["effects"], found["attempts"]) == ("done", 8, 2)


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no connection to lose")
@through_each_broker
def test_a_supervisor_that_loses_its_database_once_still_takes_the_job_up_again(
    through: Site,
) -> None:
    through.ask(steps=8, pause=0.5)
    supervisor = through.start("worker", "--silence", "3")
    through.wait_for(effects=2)
    os.kill(through.child_of(supervisor), signal.SIGKILL)
    assert through.cut_the_database() >= 1
    assert through.wait_for(seconds=60, state="done")["effects"] == 8


@through_each_broker
def test_a_broker_that_refuses_us_is_one_sentence_and_the_job_waits(
    through: Site, broker: str
) -> None:
    asked = "from backoffice.federation.jobs import ask\nask('effects', subject='{}')"
    nowhere = urlsplit(broker)._replace(path="/99999").geturl()
    for number, address in enumerate({nowhere, broker.replace(":guest@", ":wrong@")} - {broker}):
        through.variables["CELERY_BROKER_URL"] = address
        said = through.python(asked.format(number))
        assert said.count("\n") == 1
        assert f"job {number + 1}: the broker of CELERY_BROKER_URL" in said
    supervisor = through.start("worker")
    through.hear(supervisor, "messages the broker of CELERY_BROKER_URL")  # said by its process
    supervisor.terminate()
    said, _nothing = supervisor.communicate(timeout=180)
    assert (supervisor.returncode, "Traceback" in said, "code" in said) == (0, False, False)
    assert {(one["state"], one["sent_at"]) for one in through.jobs()} == {("queued", None)}


@through_each_broker
def test_a_worker_asked_to_end_before_celery_hears_it_ends_all_the_same(through: Site) -> None:
    through.python(
        "from threading import Event\n"
        "from celery.signals import worker_init\n"
        "from backoffice.federation.jobs.messages import listen\n"
        "stop = Event()\n"
        "worker_init.connect(lambda **_: stop.set(), weak=False)\n"
        "listen(stop)"
    )


@through_each_broker
def test_a_worker_of_the_broker_asked_to_end_gives_the_row_back(through: Site) -> None:
    through.ask(steps=20, pause=0.5)
    supervisor = through.start("worker")
    through.wait_for(effects=2)
    supervisor.terminate()
    supervisor.communicate(timeout=180)
    assert supervisor.returncode == 0
    left = through.jobs()[0]
    assert (left["state"], left["attempts"]) == ("queued", 0)
    assert 2 <= left["effects"] < 20


@through_each_broker
def test_a_job_asked_while_the_broker_is_away_leaves_once_it_is_back(
    through: Site, broker: str
) -> None:
    scheme = broker.split(":", maxsplit=1)[0]
    through.variables["CELERY_BROKER_URL"] = f"{scheme}://127.0.0.1:{closed_port()}/"
    through.ask(steps=2)
    kept = through.jobs()[0]
    assert (kept["state"], kept["sent_at"]) == ("queued", None)
    through.variables["CELERY_BROKER_URL"] = broker
    through.run("worker", "--until-empty")
    assert through.jobs()[0]["state"] == "done"


@through_each_broker
def test_a_message_that_was_lost_is_sent_again(through: Site) -> None:
    elsewhere = through.variables["BACKOFFICE_QUEUE"]
    through.variables["BACKOFFICE_QUEUE"] = f"{elsewhere}-lost"
    through.ask(steps=2)
    through.variables["BACKOFFICE_QUEUE"] = elsewhere
    through.run("worker", "--until-empty")
    assert through.jobs()[0]["state"] == "done"
