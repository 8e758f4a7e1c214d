"""An assignment carried to the post of another year."""

from datetime import date

from grants.models import Post
from staffing.models import Assignment


def carry_assignment(
    *, former: Assignment, post: Post, starts_on: date, ends_on: date | None
) -> Assignment:
    """The same worker on a post for the same hours from another day on."""
    return Assignment.objects.create(
        worker=former.worker,
        post=post,
        starts_on=starts_on,
        ends_on=ends_on,
        weekly_hours=former.weekly_hours,
        reason=former.reason,
    )
