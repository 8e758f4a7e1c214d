"""What every command does at its end, run as a user runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("backoffice")


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["at the end", "in the middle"])
def test_a_reader_that_leaves_ends_the_command_without_a_word(unbuffered, tmp_path):
    unread, written = os.pipe()
    os.close(unread)
    variables = {"BACKOFFICE_DATA": str(tmp_path), "PYTHONUNBUFFERED": unbuffered}
    found = subprocess.run(  # noqa: S603
        [COMMAND, "template", "--out", str(tmp_path / "classeur.xlsx")],
        stdout=written,
        stderr=subprocess.PIPE,
        check=False,
        text=True,
        env=os.environ | variables,
    )
    os.close(written)
    assert (found.returncode, found.stderr) == (141, "")
