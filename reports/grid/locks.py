"""Awards whose months can no longer change, because a justification of the year is frozen."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.models import Organisation
from reports.models import Justification


def locks_of(organisation: Organisation, year: int) -> Mapping[int, str]:
    """By id of the award, which frozen version locks its year, in words; one query."""
    rows = Justification.objects.filter(award__organisation=organisation, year=year)
    return {
        row.award_id: _("Version %(version)d figée le %(day)s : ses mois ne changent plus.")
        % {"version": row.version, "day": f"{timezone.localdate(row.frozen_at):%d/%m/%Y}"}
        for row in rows.order_by("version")
    }
