"""Who carries the jobs that a page asks for: whoever reads the table, or the queue of a broker."""

import os
import uuid
from collections.abc import Iterator

import pytest
from celery import Celery
from kombu import Connection, Queue

from backoffice.federation.jobs import messages, run_until_empty
from backoffice.federation.jobs.carrying import carry_one

BROKERS = os.environ.get("TEST_BROKER_URLS", "").split()
CARRIERS = ["", *BROKERS]


class Carrier:
    """Carries what is asked, as a worker beside the site does; says how many there were."""

    def __init__(self, broker: str = "", queue: str = "") -> None:
        self._broker, self._queue = broker, queue

    def work_off(self) -> int:
        """Carry every job asked until now."""
        return self._by_messages() if self._broker else run_until_empty()

    def _by_messages(self) -> int:
        carried = 0
        with Connection(self._broker) as connection:
            queue = Queue(self._queue, channel=connection.default_channel)
            queue.declare()
            while message := queue.get():
                [number] = message.payload[0]
                carried += carry_one(number)
                message.ack()
        return carried


def carrier_of(broker: str, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Carrier]:
    """A carrier for one test, with a queue of its own on the broker."""
    if not broker:
        yield Carrier()
        return
    queue = f"test-{uuid.uuid4().hex}"
    app = Celery("browser", broker=broker, set_as_current=False)
    app.conf.update(task_default_queue=queue, task_ignore_result=True)
    settings.CELERY_BROKER_URL = broker
    sent = app.task(name="backoffice.carry", lazy=False)(messages.carry_one)
    monkeypatch.setattr(messages, "carry", sent)
    yield Carrier(broker, queue)
    app.close()
    with Connection(broker) as connection:
        Queue(queue, channel=connection.default_channel).delete()
