"""The words of a search stay on the site: its address bears a number, never a name."""

import secrets

from django.contrib.sessions.backends.base import SessionBase

_PLACE = "searches"
KEPT = 20


def keep(session: SessionBase, text: str, place: str = _PLACE) -> str:
    """The number under which a session holds some words, among the last `KEPT` of that place."""
    held: dict[str, str] = session.get(place, {})
    number = next((one for one, words in held.items() if words == text), secrets.token_hex(4))
    latest = {one: words for one, words in held.items() if one != number} | {number: text}
    session[place] = dict(list(latest.items())[-KEPT:])
    return number


def kept(session: SessionBase, number: str, place: str = _PLACE) -> str | None:
    """The words of a search of this session; None once it is over or they made room for others."""
    held: dict[str, str] = session.get(place, {})
    return held.get(number)
