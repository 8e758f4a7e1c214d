"""Long work that survives its process: asked as a row, carried by a worker, done once.

    @job("memorandum", label={"fr": "Mémorandum", "nl": "Memorandum"}, refusals=(NotReady,))
    def write_memorandum(work: Work) -> dict[str, Any]: ...

lives in an app's `jobs` module. It raises `Refused("sentence")`, or one of its `refusals`, when
the user can do something about it; any other exception is a fault of ours. A result may hold
`page` and `words`: the address of what was made, on the site, and the text of its link.
"""

from backoffice.federation.jobs.asking import AlreadyAsked, ask, cancel, see
from backoffice.federation.jobs.carrying import run_until_empty
from backoffice.federation.jobs.registry import Refused, at_worker_start, every, job
from backoffice.federation.jobs.work import Cancelled, Work

__all__ = [
    "AlreadyAsked",
    "Cancelled",
    "Refused",
    "Work",
    "ask",
    "at_worker_start",
    "cancel",
    "every",
    "job",
    "run_until_empty",
    "see",
]
