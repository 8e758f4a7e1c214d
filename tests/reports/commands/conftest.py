"""A command as a person types it: its exit code, what it prints, and a folder for its files."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from backoffice.__main__ import main


@dataclass
class Terminal:
    """Where the command is typed: what it prints, and a folder for its files."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    folder: Path
    out: str = ""
    err: str = ""

    def run(self, *words: str) -> int:
        """The exit code of `backoffice` with these words."""
        self.monkeypatch.setattr("sys.argv", ["backoffice", *words])
        # A command ends by closing its connection; here the test still needs it.
        self.monkeypatch.setattr("django.db.connections.close_all", lambda: None)
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        self.out, self.err = self.capsys.readouterr()
        return code


@pytest.fixture
def terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Terminal:
    return Terminal(monkeypatch, capsys, tmp_path)
