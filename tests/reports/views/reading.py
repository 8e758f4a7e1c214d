"""What a person reads on a page."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job


@dataclass(frozen=True)
class Fetched:
    """A file as it reaches the person who asked for it."""

    name: str
    content: bytes
    headers: dict[str, str]


def asked_file(client: Client, address: str, query: Any = None, sent: Any = None) -> Job:
    """Ask for a file on its page and have a worker carry the job."""
    answer = client.post(address, sent, query_params=query)
    assert answer.status_code == 302, (address, answer.status_code)
    assert "/travaux/" in answer.headers["Location"]
    run_until_empty()
    return Job.objects.latest("pk")


def fetched(client: Client, address: str, query: Any = None, sent: Any = None) -> Fetched:
    """The same, then fetch the file where the page of the job leads."""
    job = asked_file(client, address, query, sent)
    assert job.state == Job.State.DONE, job.problems
    given = client.get(job.result["page"])
    assert given.headers["Content-Disposition"].startswith("attachment;")
    content = b"".join(given.streaming_content)
    return Fetched(job.result["file"], content, dict(given.headers))


def markup(response: HttpResponse) -> str:
    """The page with plain spaces and apostrophes."""
    plain = unescape(response.content.decode()).replace("\u202f", " ").replace("\xa0", " ")
    return " ".join(plain.split())


def words(response: HttpResponse) -> str:
    """The same without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", markup(response)).split())
