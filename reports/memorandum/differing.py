"""Two memoranda of one year must not differ by a few services: their difference would tell of them.

What a memorandum hides, it hides in itself (`disclosure`). Who holds two may subtract them: between
any two that are published, either the same employers are counted or at least four others.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.federation.models import Job
from reports.memorandum.disclosure import FEWEST
from reports.memorandum.services import employers_of


class TooAlike(ValueError):
    """The memorandum is not written; the message says what has changed and what to wait for."""


def counted(year: int) -> frozenset[int]:
    """The keys of the employers that the memorandum of a year counts now.

    Raises:
        NothingToSay: there is none.
    """
    return frozenset(one.organisation.pk for one in employers_of(year))


def require_apart(year: int, employers: frozenset[int], published: Iterable[Job]) -> None:
    """Refuse figures that one of those published gives, by subtraction, for too few employers.

    Raises:
        TooAlike: between one and three employers have joined or left since one of them.
    """
    for job in published:
        if job.arguments["year"] != year or "employers" not in job.result:
            continue
        changed = len(employers ^ frozenset(job.result["employers"]))
        if 0 < changed < FEWEST:
            raise TooAlike(_words(changed, job))


def _words(changed: int, job: Job) -> str:
    count = ngettext(
        "Depuis le mémorandum écrit le %(day)s, %(n)d service seulement a rejoint ou quitté la "
        "collecte : la différence de leurs chiffres le ferait reconnaître.",
        "Depuis le mémorandum écrit le %(day)s, %(n)d services seulement ont rejoint ou quitté la "
        "collecte : la différence de leurs chiffres les ferait reconnaître.",
        changed,
    )
    said = count % {"n": changed, "day": f"{job.ended_at:%d/%m/%Y}"}
    todo = _("Gardez le mémorandum publié, ou attendez que %(n)d services au moins aient changé.")
    return f"{said} {todo % {'n': FEWEST}}"
