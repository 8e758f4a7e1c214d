"""Environment variables, read strictly: an unknown value stops the start with a sentence."""

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

WORDS = {"1": True, "true": True, "yes": True, "on": True} | {
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
SECRET_LENGTH = 50


def env_text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; empty counts as absent."""
    return os.environ.get(name, "").strip() or default


def env_choice(name: str, choices: Iterable[str], default: str) -> str:
    """One word of a closed list.

    Raises:
        ImproperlyConfigured: another word.
    """
    value, allowed = env_text(name, default), sorted(choices)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} vaut « {value} » ; valeurs admises : {_list(allowed)}.")
    return value


def env_bool(name: str, *, default: bool) -> bool:
    """True or false, only from an explicit word: `DEBUG=False` is never a truthy string.

    Raises:
        ImproperlyConfigured: a word that is neither.
    """
    value = env_text(name)
    if not value:
        return default
    if value.lower() not in WORDS:
        raise ImproperlyConfigured(f"{name} vaut « {value} » ; valeurs admises : {_list(WORDS)}.")
    return WORDS[value.lower()]


def env_int(name: str, *, default: int) -> int:
    """A whole number, zero or more.

    Raises:
        ImproperlyConfigured: anything else.
    """
    value = env_text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} vaut « {value} » ; un nombre entier est attendu.")
    return int(value)


def env_address(name: str) -> str:
    """The address of a site, without a slash at its end; empty when none is given.

    Raises:
        ImproperlyConfigured: it is not a scheme and a host alone.
    """
    value = env_text(name).rstrip("/")
    parts = urlsplit(value)
    bare = f"{parts.scheme}://{parts.netloc}"
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or value != bare):
        raise ImproperlyConfigured(
            f"{name} vaut « {value} » ; une adresse est attendue, comme https://gestion.example.org."
        )
    return value


def env_list(name: str, *, default: Iterable[str] = ()) -> list[str]:
    """Values separated by commas, blanks dropped."""
    values = [value.strip() for value in env_text(name).split(",") if value.strip()]
    return values or list(default)


def env_required_list(name: str) -> list[str]:
    """As `env_list`, never empty.

    Raises:
        ImproperlyConfigured: nothing given.
    """
    if not (values := env_list(name)):
        raise ImproperlyConfigured(f"{name} est obligatoire sur un vrai site.")
    return values


def env_required_text(name: str, because: str) -> str:
    """A text that another variable makes necessary.

    Raises:
        ImproperlyConfigured: nothing given.
    """
    if not (value := env_text(name)):
        raise ImproperlyConfigured(f"{name} est obligatoire dès que {because} est réglé.")
    return value


def env_secret(name: str) -> str:
    """A secret of a real site: given from outside, long enough, never defaulted.

    Raises:
        ImproperlyConfigured: absent or under 50 characters; the message never holds the value.
    """
    value = env_text(name)
    if len(value) < SECRET_LENGTH:
        raise ImproperlyConfigured(
            f"{name} est obligatoire sur un vrai site (BACKOFFICE_MODE=site) : "
            f"au moins {SECRET_LENGTH} caractères au hasard."
        )
    return value


def env_secrets(name: str) -> list[str]:
    """Secrets of a real site separated by commas, the newest first; as `env_secret` for each.

    Raises:
        ImproperlyConfigured: none, or one under 50 characters; the message never holds a value.
    """
    values = env_list(name)
    if not values or min(len(value) for value in values) < SECRET_LENGTH:
        raise ImproperlyConfigured(
            f"{name} est obligatoire sur un vrai site (BACKOFFICE_MODE=site) : une clé ou "
            f"plusieurs, séparées par des virgules, chacune d'au moins {SECRET_LENGTH} caractères "
            "au hasard ; la première chiffre, les autres ouvrent ce qu'elles ont chiffré."
        )
    return values


def kept_secret(path: Path) -> str:
    """A secret of a demonstration: drawn once, kept in `path`, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        handle = os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(SECRET_LENGTH))
        with contextlib.suppress(FileExistsError):  # two first starts at once: one secret wins
            path.hardlink_to(drawn)
        drawn.unlink()
    return path.read_text(encoding="ascii")


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
