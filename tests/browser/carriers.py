"""Who carries the jobs that a page asks for: whoever reads the table, or the queue of a broker."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from kombu import Connection, Queue

from backoffice.federation.jobs import messages, run_until_empty
from backoffice.federation.jobs.carrying import carry_one

BROKERS = os.environ.get("TEST_BROKER_URLS", "").split()
CARRIERS = ["", *BROKERS]


class Carrier:
    """Carries what is asked, as a worker beside the site does; says how many there were."""

    def __init__(self, broker: str = "", queue: str = "") -> None:
        self._broker, self.queue = broker, queue

    def work_off(self) -> int:
        """Carry every job asked until now."""
        return self._by_messages() if self._broker else run_until_empty()

    def _by_messages(self) -> int:
        carried = 0
        with Connection(self._broker) as connection:
            queue = Queue(self.queue, channel=connection.default_channel)
            queue.declare()
            while message := queue.get():
                [number] = message.payload[0]
                carried += carry_one(number)
                message.ack()
        return carried


@contextmanager
def real_worker(broker: str, queue: str) -> Iterator[None]:
    """`backoffice worker` beside the live site, on its database, until the block ends."""
    kept = connection.settings_dict
    address = f"sqlite:///{kept['NAME']}"
    if connection.vendor == "postgresql":
        found = urlsplit(os.environ["DATABASE_URL"])
        address = found._replace(path=f"/{kept['NAME']}").geturl()
    variables = os.environ | {"DATABASE_URL": address, "BACKOFFICE_DATA": str(settings.DATA_DIR)}
    variables.pop("DJANGO_SETTINGS_MODULE", None)
    if broker:
        variables |= {"CELERY_BROKER_URL": broker, "BACKOFFICE_QUEUE": queue}
    process = subprocess.Popen([sys.executable, "-m", "backoffice", "worker"], env=variables)
    yield
    process.terminate()
    assert process.wait(30) == 0


def carrier_of(broker: str, site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Carrier]:
    """A carrier for one test, with a queue of its own on the broker."""
    if not broker:
        yield Carrier()
        return
    queue = f"test-{uuid.uuid4().hex}"
    app = Celery("browser", broker=broker, set_as_current=False)
    app.conf.update(task_default_queue=queue, task_ignore_result=True)
    site.CELERY_BROKER_URL = broker
    sent = app.task(name="backoffice.carry", lazy=False)(messages.carry_one)
    monkeypatch.setattr(messages, "carry", sent)
    yield Carrier(broker, queue)
    app.close()
    with Connection(broker) as connection:
        Queue(queue, channel=connection.default_channel).delete()
