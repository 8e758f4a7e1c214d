"""Files appear whole or not at all: written beside, then renamed."""

import contextlib
import os
from pathlib import Path
from uuid import uuid4

from backoffice.federation.files import cause
from backoffice.web.sentences import gettext as _

__all__ = ["FileNotWritten", "cause", "check_folder", "write_whole"]


class FileNotWritten(OSError):
    """The disk refused the file; what stood there before is intact. The message is for users."""


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path`, replacing what stood there, or leave everything as it was.

    Raises:
        FileNotWritten: no room, no right or no such folder; names the file and the cause.
    """
    check_folder(path)
    beside = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise FileNotWritten(
            _(
                "Le fichier %(name)s n'a pas pu être écrit (%(cause)s) : libérez de la place ou "
                "choisissez un autre dossier ; rien n'a été remplacé."
            )
            % {"name": path.name, "cause": cause(error)}
        ) from error


def check_folder(path: Path) -> None:
    """Refuse a file whose folder does not exist.

    Raises:
        FileNotWritten: names the folder.
    """
    try:
        there = path.parent.is_dir()
    except OSError:
        return
    if not there:
        raise FileNotWritten(
            _("Le dossier %(folder)s n'existe pas : créez-le ou choisissez un autre dossier.")
            % {"folder": path.parent}
        )
