"""National numbers: encrypted where they are kept, found by a keyed hash, shown with a mask.

The keys are settings, never in the database: the first one encrypts, all of them decrypt and
search, so that a new key is put first, every number is turned to it, and the old one removed.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _
from stdnum.be import ssn
from stdnum.exceptions import ValidationError as NumberError

_KEY_BYTES = 32
_BIRTH = 6
_MASK = re.compile(r"\d\d\.\d\d\.\d\d-\*{3}-\*\*")


class NotANationalNumber(ValueError):
    """The digits are no national nor bis number; the message never holds them."""


class KeyLost(RuntimeError):
    """No key of the settings opens a number that was kept."""


def clean(written: str) -> str:
    """The eleven digits of a national or bis number, whatever stands between them.

    Raises:
        NotANationalNumber: wrong length, or a check digit that does not agree.
    """
    try:
        return str(ssn.validate(written))
    except NumberError:
        # From None: the original error could carry the number to a log.
        raise NotANationalNumber(
            _("Ce numéro national n'est pas exact : onze chiffres, dont deux de contrôle.")
        ) from None


def encrypt(number: str) -> str:
    """A text that only our keys open; another one each time."""
    return _box(_keys()).encrypt(number.encode("ascii")).decode("ascii")


def decrypt(kept: str) -> str:
    """The number of an encrypted text.

    Raises:
        KeyLost: none of the keys is the one that encrypted it.
    """
    try:
        return _box(_keys()).decrypt(kept.encode("ascii")).decode("ascii")
    except InvalidToken:
        raise KeyLost(
            _("Aucune clé de BACKOFFICE_IDENTITY_KEYS n'ouvre ce numéro : remettez la bonne clé.")
        ) from None


def turned(kept: str) -> str:
    """The same number under the first key.

    Raises:
        KeyLost: as for `decrypt`.
    """
    return encrypt(decrypt(kept))


def keyed_hash(number: str) -> str:
    """What finds a number without opening any: nobody makes it without the first key."""
    return _hash(_keys()[0], number)


def keyed_hashes(number: str) -> list[str]:
    """The hash under each key, the first one first: what was kept before a turn is found too."""
    return [_hash(key, number) for key in _keys()]


def masked(number: str) -> str:
    """The day of birth alone: "85.07.30-***-**"."""
    born = number[:_BIRTH]
    return f"{born[:2]}.{born[2:4]}.{born[4:]}-***-**"


def is_mask(written: str) -> bool:
    """Whether a text is what `masked` shows of a number."""
    return _MASK.fullmatch(written.strip()) is not None


def _keys() -> tuple[str, ...]:
    return tuple(settings.IDENTITY_KEYS)


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key, "encrypt"))) for key in keys])


@cache
def _derived(key: str, use: str) -> bytes:
    """A key for one use alone, from the secret of the settings."""
    info = f"backoffice national number {use}".encode()
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=info).derive(key.encode())


def _hash(key: str, number: str) -> str:
    return hmac.new(_derived(key, "search"), number.encode("ascii"), hashlib.sha256).hexdigest()
