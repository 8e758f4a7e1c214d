"""The presses of this process: started when needed, used again, replaced after many documents."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import IO, cast

ROOT = Path(__file__).resolve().parent.parent.parent
_MOST = max(os.cpu_count() or 1, 1)
_LIFE = 100


class PressFailed(RuntimeError):
    """A page could not be printed: a fault of ours, with the words of the press."""


class Press:
    """One running press; `done` counts its documents."""

    def __init__(self) -> None:
        self.done = 0
        process = subprocess.Popen(
            [sys.executable, "-m", "reports.documents.press"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            start_new_session=True,
        )
        self._process = process
        self._source, self._answers = (
            cast("IO[bytes]", process.stdin),
            cast("IO[bytes]", process.stdout),
        )

    def send(self, html: bytes, made: date, files: Mapping[str, tuple[str, bytes]]) -> bytes:
        """One job, and the PDF that comes back.

        Raises:
            PressFailed: the press stopped, or could not print the page.
        """
        job = {
            "html": len(html),
            "made": made.isoformat(),
            "files": [
                {"name": name, "words": words, "size": len(content)}
                for name, (words, content) in files.items()
            ],
        }
        try:
            self._source.write(json.dumps(job).encode() + b"\n" + html)
            for _words, content in files.values():
                self._source.write(content)
            self._source.flush()
            line = self._answers.readline()
        except BrokenPipeError:
            line = b""
        if not line:
            raise PressFailed(f"the press stopped with code {self._process.wait()}")
        answer = json.loads(line)
        if answer["error"]:
            raise PressFailed(answer["error"])
        self.done += 1
        return self._answers.read(int(answer["size"]))

    def close(self) -> None:
        """Let it end, and wait for it."""
        for pipe in (self._source, self._answers):
            with suppress(BrokenPipeError):
                pipe.close()
        self._process.wait()

    def forget(self) -> None:
        """In a forked child: the press belongs to the parent, only our copies of its pipes go."""
        self._source.close()
        self._answers.close()
        self._process.returncode = 0


class Presses:
    """At most one press a processor; a caller waits for a free one."""

    def __init__(self) -> None:
        self._free: list[Press] = []
        self._lock = Lock()
        self._places = BoundedSemaphore(_MOST)

    def print(self, html: bytes, made: date, files: Mapping[str, tuple[str, bytes]]) -> bytes:
        """A document by the first free press; one that failed or is old is closed.

        Raises:
            PressFailed: see `Press.send`.
        """
        with self._places:
            with self._lock:
                press = self._free.pop() if self._free else Press()
            try:
                pdf = press.send(html, made, files)
            except BaseException:
                press.close()
                raise
            if press.done >= _LIFE:
                press.close()
            else:
                with self._lock:
                    self._free.append(press)
            return pdf

    def close(self) -> None:
        """Close the free presses."""
        while self._free:
            self._free.pop().close()

    def start_again(self) -> None:
        """In a forked child: nothing of the parent's is used."""
        for press in self._free:
            press.forget()
        self._free = []
        self._lock, self._places = Lock(), BoundedSemaphore(_MOST)


PRESSES = Presses()
atexit.register(PRESSES.close)
os.register_at_fork(after_in_child=PRESSES.start_again)
