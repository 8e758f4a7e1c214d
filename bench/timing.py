"""Times and memory: medians of repeated runs, and one piece of work in a fresh process."""

import gc
import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import django

_KIB = 1024
_MS = 1000
_WITH_DATABASE = tuple(
    f"bench.{name}"
    for name in (
        *("exchange", "justifications", "federation", "memorandum"),
        *("documents", "restore", "lists", "funders", "grid", "scenario", "optimum"),
    )
)


@dataclass(frozen=True)
class Timing:
    """Seconds of the runs of one piece of work."""

    seconds: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.seconds)

    @property
    def spread(self) -> str:
        """Fastest and slowest run: far apart when the machine is busy with something else."""
        return f"{shown(min(self.seconds))} to {shown(max(self.seconds))}"


def shown(seconds: float | None) -> str:
    """Seconds in the unit that reads best."""
    if seconds is None:
        return ""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * _MS:.1f} ms"


def timed(work: Callable[[], Any], runs: int, before: Callable[[], Any] | None = None) -> Timing:
    """Seconds of each run; `before` prepares a run and is not counted."""
    seconds = []
    for _ in range(runs):
        if before is not None:
            before()
        gc.collect()
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return Timing(tuple(seconds))


def peak_mb() -> float:
    """Largest resident memory of this process since it started, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB


def family_mb(field: str) -> float:
    """Memory of this process and all below it, in MB: `VmRSS` now, `VmHWM` the largest so far."""
    return sum(_memory(process, field) for process in _family(str(os.getpid()))) / _KIB


def _family(process: str) -> Iterator[str]:
    """A process and those it started; one that ends meanwhile is left out."""
    yield process
    with suppress(FileNotFoundError, ProcessLookupError):
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            for child in path.read_text(encoding="ascii").split():
                yield from _family(child)


def _memory(process: str, field: str) -> int:
    with suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))
    return 0


def fresh(work: str, **arguments: Any) -> Any:
    """Run "module:function" in a new process and return its JSON result.

    Raises:
        RuntimeError: the process failed; the message holds the end of its standard error.
    """
    command = [sys.executable, "-m", "bench.timing", work, json.dumps(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def _child(work: str, arguments: str) -> None:
    module, _, function = work.partition(":")
    if module in _WITH_DATABASE:
        django.setup()
    result = getattr(importlib.import_module(module), function)(**json.loads(arguments))
    if isinstance(result, Iterator):
        result = [asdict(row) for row in result]
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    _child(sys.argv[1], sys.argv[2])
