"""Acts on the figures, filled in or compared with their source; the language of an account."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from backoffice.engine.figures import FigureValue
from backoffice.federation.models import FigureEntry, FigureVerification, Preference


@transaction.atomic
def fill_figure(entry: FigureEntry, *, by: User) -> FigureEntry:
    """Store a value that someone filled in or changed, with who did it and when."""
    entry.entered_by, entry.entered_at = by, timezone.now()
    entry.save()
    return entry


@transaction.atomic
def verify_figure(*, code: str, value: FigureValue, on: date, by: User) -> None:
    """Write that a value was compared with its source on a day; twice a day is once."""
    FigureVerification.objects.update_or_create(
        code=code,
        since=value.since,
        decided_on=value.decided,
        verified_on=on,
        defaults={"value": value.text, "verified_by": by},
    )


@transaction.atomic
def choose_language(*, user: User, language: str) -> None:
    """Keep the language that an account chose for its pages, mails and documents."""
    Preference.objects.update_or_create(user=user, defaults={"language": language})
