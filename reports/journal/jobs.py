"""Seals the trail, again and again."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from backoffice.federation.audit.sealing import seal_all, unsealed
from backoffice.federation.jobs import AlreadyAsked, Work, ask, every, job

SEAL = "seal_audit"


@every(timedelta(minutes=10))
def ask_sealing() -> None:
    """Ask for seals where something waits for one."""
    if unsealed():
        with suppress(AlreadyAsked):
            ask(SEAL, subject=SEAL)


@job(SEAL, label={"fr": "Scellement du journal", "nl": "Verzegeling van het logboek"}, quiet=True)
def seal_trail(work: Work) -> dict[str, Any]:
    """Seal what no seal covers yet; done again, it seals what is left."""
    work.progress(0, 1)
    return {"seals": seal_all()}
