"""The keys of a site, kept apart from its backups: a file of their own, in the form of settings.

A backup only holds a fingerprint of each key, enough to say whether a given key is the right one.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from backoffice.federation.backup.refusal import Refused
from backoffice.federation.files import cause

SETTINGS = {
    "BACKOFFICE_IDENTITY_KEYS": "IDENTITY_KEYS",
    "BACKOFFICE_SECRET_KEY": "SECRET_KEY",
}
"""The variable of each key, and the setting that it fills."""


def site_keys() -> dict[str, str]:
    """The keys in use, by variable."""
    return {name: _text(getattr(settings, setting)) for name, setting in SETTINGS.items()}


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ",".join(value)


def fingerprints(keys: Mapping[str, str]) -> dict[str, str]:
    """What may be shown of each key; the keys are long and random, nobody guesses them from it."""
    return {
        name: hashlib.sha256(f"backoffice backup {name} {key}".encode()).hexdigest()[:32]
        for name, key in sorted(keys.items())
    }


def write_keys(path: Path) -> None:
    """Write the keys of this site, readable by their owner only.

    Raises:
        Refused: the file exists or cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f"{name}={key}\n" for name, key in site_keys().items())
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise Refused(
            f"Le fichier {path} existe déjà : choisissez un autre nom pour les clés."
        ) from error
    except OSError as error:
        raise Refused(
            f"La sauvegarde est faite, mais les clés n'ont pas pu être écrites dans {path} "
            f"({cause(error)}) : relancez avec un autre --keys-out, ou copiez-les à la main."
        ) from error


def read_keys(path: Path) -> dict[str, str]:
    """The keys of a file that `write_keys` wrote.

    Raises:
        Refused: the file cannot be read or is not a file of keys; no key is ever shown.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Refused(f"Le fichier de clés {path} est illisible ({cause(error)}).") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path} n'est pas un fichier de clés : ce n'est pas du texte.") from error
    pairs = (line.partition("=") for line in lines if line.strip())
    found = {name.strip(): key.strip() for name, _sign, key in pairs}
    if set(found) != set(SETTINGS):
        raise Refused(
            f"{path} n'est pas un fichier de clés : une ligne NOM=valeur est attendue pour "
            f"{', '.join(SETTINGS)}, et rien d'autre."
        )
    return found
