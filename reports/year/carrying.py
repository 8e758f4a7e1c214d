"""What a roll-over reads, once: who works on which post, until when, and under which contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from backoffice.federation.models import Organisation
from backoffice.web.templatetags.money import day
from grants.models import Award, Instalment, Post
from grants.selectors import awards_of_year
from grants.services.renewals import Renewal
from staffing.models import Assignment, ContractLine

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Carry:
    """An assignment that stands again from `starts_on`, on the post with this code."""

    former: Assignment
    post: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Staffed:
    """The assignments of each post and the contract lines of each worker, by database id.

    `last` is the last day of the former year. `known` are all the awards of the organisation, by
    database id, `awaited` those that already expect payments for the new year.
    """

    last: date
    awards: tuple[Award, ...]
    assignments: Mapping[int, Sequence[Assignment]]
    contracts: Mapping[int, Sequence[ContractLine]]
    known: Mapping[int, Award]
    awaited: frozenset[int]

    @property
    def first(self) -> date:
        """First day of the new year."""
        return self.last + ONE_DAY

    @property
    def taken(self) -> frozenset[str]:
        """The references in use."""
        return frozenset(award.reference for award in self.known.values())

    def renewed_before(self, award: Award) -> list[Award]:
        """The award that one renews, the one that this renews, and so on: newest first."""
        found: list[Award] = []
        while award.renews_id is not None and award.renews_id in self.known:
            award = self.known[award.renews_id]
            found.append(award)
        return found

    def current(self, post: Post) -> list[Assignment]:
        """The newest assignment of each worker on a post that began by the last day."""
        newest = {
            one.worker_id: one
            for one in self.assignments.get(post.pk, ())
            if one.starts_on <= self.last
        }
        return list(newest.values())

    def goes_on(self, former: Assignment) -> bool:
        """Whether the same worker is already on the same post in the new year."""
        return any(
            one.worker_id == former.worker_id
            and one.starts_on <= date(self.first.year, 12, 31)
            and (one.ends_on is None or one.ends_on > self.last)
            for one in self.assignments.get(former.post_id, ())
        )

    def hours(self, worker: int, on: date) -> Decimal | None:
        """Weekly hours of a worker's contract on a day; None without contract."""
        for line in self.contracts.get(worker, ()):
            if line.starts_on <= on and (line.ends_on is None or line.ends_on >= on):
                hours: Decimal = line.weekly_hours
                return hours
        return None

    def contract_end(self, worker: int) -> date | None:
        """The last day of the contracts that follow each other from the first day; None: open."""
        free = self.first
        for line in self.contracts.get(worker, ()):
            if line.starts_on > free or (line.ends_on is not None and line.ends_on < free):
                continue
            if line.ends_on is None:
                return None
            free = line.ends_on + ONE_DAY
        return free - ONE_DAY

    def end_again(self, former: Assignment, post: Post, renewal: Renewal | None) -> date | None:
        """When an assignment that stands again ends: never after its post, None if it is open.

        Args:
            former: what ended with the former year ends with the new one, anything else as it did.
            post: the post it stands on, of the former award.
            renewal: the next award; None when the award goes on.
        """
        award_end, post_end = post.award.ends_on, post.ends_on
        if renewal is not None:
            award_end, post_end = renewal.ends_on, renewal.end_of(post_end)
        ends = [post_end, former.ends_on]
        if former.ends_on == self.last:
            ends = [post_end, award_end, date(self.first.year, 12, 31)]
        return min((one for one in ends if one is not None), default=None)

    def why_not(self, former: Assignment) -> str:
        """Why an assignment is not carried; empty when it may be."""
        if former.ends_on is not None and former.ends_on < self.last:
            return _("terminée le %(day)s") % {"day": day(former.ends_on)}
        if self.hours(former.worker_id, self.first) is not None:
            return ""
        lines = self.contracts.get(former.worker_id, ())
        ends = [line.ends_on for line in lines if line.ends_on and line.ends_on <= self.last]
        if not ends:
            return _("le travailleur n'a pas de contrat au %(day)s") % {"day": day(self.first)}
        last = day(max(ends))
        return _("le dernier contrat du travailleur se termine le %(day)s") % {"day": last}


def staffed(organisation: Organisation, year: int) -> Staffed:
    """Read what the roll-over to `year` rests on, in a constant number of queries."""
    last = date(year - 1, 12, 31)
    awards = tuple(
        awards_of_year(organisation, year - 1)
        .select_related("approval", "organisation", "renewed_by")
        .prefetch_related("terms", "posts", "renewed_by__terms", "renewed_by__posts")
    )
    assignments: dict[int, list[Assignment]] = {}
    for one in (
        Assignment.objects.filter(post__award__in=awards, starts_on__lte=date(year, 12, 31))
        .exclude(ends_on__lt=date(year - 1, 1, 1))
        .select_related("worker", "post")
        .order_by("worker__number", "starts_on")
    ):
        assignments.setdefault(one.post_id, []).append(one)
    contracts: dict[int, list[ContractLine]] = {}
    for line in ContractLine.objects.filter(worker__organisation=organisation).order_by(
        "worker__number", "starts_on"
    ):
        contracts.setdefault(line.worker_id, []).append(line)
    awaited = Instalment.objects.filter(award__organisation=organisation, year=year)
    return Staffed(
        last=last,
        awards=awards,
        assignments=assignments,
        contracts=contracts,
        known={award.pk: award for award in organisation.awards.prefetch_related("terms")},
        awaited=frozenset(awaited.values_list("award_id", flat=True)),
    )
