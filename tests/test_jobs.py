"""The job queue: at once in the process without a broker, through Redis or RabbitMQ with one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from celery import Celery, shared_task

ROOT = Path(__file__).resolve().parent.parent
BROKERS = os.environ.get("TEST_BROKER_URLS", "").split()
NO_BROKER = pytest.mark.skip(reason="TEST_BROKER_URLS names no Redis or RabbitMQ to try")


@shared_task
def halve(number: int) -> int:
    if number % 2:
        raise ValueError(number)
    return number // 2


def test_without_a_broker_a_job_is_done_when_the_call_returns() -> None:
    assert halve.delay(8).get() == 4


def test_without_a_broker_a_failed_job_fails_its_caller() -> None:
    with pytest.raises(ValueError, match="7"):
        halve.delay(7)


@pytest.mark.parametrize(
    "url", BROKERS or [pytest.param("", marks=NO_BROKER)], ids=lambda url: url.split(":")[0]
)
def test_a_worker_answers_through_the_broker_named_by_one_setting(url: str, tmp_path: Path) -> None:
    name = f"test@{tmp_path.name}"
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "backoffice.settings",
        "BACKOFFICE_DATA": str(tmp_path),
        "CELERY_BROKER_URL": url,
    }
    command = [sys.executable, "-m", "celery", "-A", "backoffice", "worker", "-P", "solo"]
    worker = subprocess.Popen(  # noqa: S603
        [*command, "-n", name, "-l", "error", "--without-gossip", "--without-mingle"],
        cwd=ROOT,
        env=variables,
    )
    try:
        asked = Celery("asks", broker=url, set_as_current=False).control.inspect([name], timeout=1)
        answers = None
        for _attempt in range(30):
            if worker.poll() is not None or (answers := asked.ping()):
                break
        assert answers == {name: {"ok": "pong"}}
    finally:
        worker.terminate()
        worker.wait(timeout=20)
