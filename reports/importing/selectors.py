"""Which files a job works on now."""

from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.models import Job, Organisation
from reports.importing.jobs import IMPORT, LOOK


def active_uploads(organisation: Organisation | None) -> frozenset[int]:
    """The numbers of an organisation's files that wait for a job or are in its hands: one query."""
    jobs = Job.objects.filter(kind__in=(LOOK, IMPORT), state__in=ACTIVE, organisation=organisation)
    return frozenset(one["upload"] for one in jobs.values_list("arguments", flat=True))
