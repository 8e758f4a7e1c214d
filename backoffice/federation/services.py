"""Acts on the figures: someone compared one with its source."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from backoffice.engine.figures import FigureValue
from backoffice.federation.models import FigureVerification


@transaction.atomic
def verify_figure(*, code: str, value: FigureValue, on: date, by: User) -> None:
    """Write that a value was compared with its source on a day; twice a day is once."""
    FigureVerification.objects.update_or_create(
        code=code,
        since=value.since,
        decided_on=value.decided,
        verified_on=on,
        defaults={"verified_by": by},
    )
