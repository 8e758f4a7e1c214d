"""Who looks, at which organisation, on which day: read from a request by every page."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from backoffice.federation.access import (
    opened_by,
    organisations_for,
    refusal,
    rights_everywhere,
    rights_over,
)
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.models import Organisation
from backoffice.federation.roles import EVERYWHERE, Right
from grants.models import Award
from reports.dossier import Dossier
from reports.forms import StandingForm
from reports.justifications import award_dossier

UNPROCESSABLE = 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Scope:
    """What a user looks at.

    `organisation` is None for a user without access to any, and `organisations` are those over
    which the user has the right that the page asks for; `rights` are the user's over the one
    chosen and `everywhere` over the whole site. `carried` keeps the organisation (when the user
    has several, or the address names it) and the day (when it is not today) from page to page.
    """

    organisation: Organisation | None
    organisations: tuple[Organisation, ...]
    as_of: date
    form: StandingForm
    carried: str
    rights: frozenset[str]
    everywhere: frozenset[str]

    @property
    def query(self) -> str:
        return f"?{self.carried}" if self.carried else ""

    @property
    def own(self) -> Organisation:
        """The organisation.

        Raises:
            Http404: the user has none.
        """
        if self.organisation is None:
            raise Http404
        return self.organisation

    def context(self, **extra: Any) -> dict[str, Any]:
        """What every template of ours receives."""
        is_demo = self.organisation is not None and self.organisation.is_demo
        return {"scope": self, "demo": settings.DEMO or is_demo, **extra}


def user_of(request: HttpRequest) -> User:
    """The user behind a page that asks for a login."""
    return cast("User", request.user)


def scope_of(request: HttpRequest, about: Organisation | None = None) -> Scope:
    """Read the organisation and the day from the address.

    Args:
        request: its `right` is what the page asks for.
        about: the organisation of the row that the address names, on the page of one row.

    Raises:
        Http404: the organisation named is not one of the user's.
        PermissionDenied: it is, and the page asks for a right that the user lacks there.
    """
    right = getattr(request, "right", Right.SEE)
    seen = Right.SEE if right in EVERYWHERE else right
    organisations = opened_by(request, seen)
    chosen = organisations[0] if organisations else None
    wanted = about.enterprise_number if about else request.GET.get("organisation")
    if wanted:
        chosen = next((one for one in organisations if one.enterprise_number == wanted), None)
        if chosen is None:
            raise _refused(request, wanted, seen)
    if chosen and (about or right not in EVERYWHERE):
        note_shown(request, [chosen])
    today = timezone.localdate()
    form = StandingForm(request.GET or None)
    day = form.cleaned_data["au"] if form.is_bound and form.is_valid() else None
    carried = {}
    if chosen is not None and (len(organisations) > 1 or request.GET.get("organisation")):
        carried["organisation"] = chosen.enterprise_number
    if day is not None and day != today:
        carried["au"] = day.isoformat()
    rights = rights_over(request.user, chosen) if chosen else frozenset()
    return Scope(
        organisation=chosen,
        organisations=organisations,
        as_of=day or today,
        form=form,
        carried=urlencode(carried),
        rights=rights,
        everywhere=rights_everywhere(request.user),
    )


def allow(request: HttpRequest, right: str, organisation: Organisation) -> None:
    """Go on only with a right over the organisation of a row.

    Raises:
        PermissionDenied: the user lacks it there.
    """
    if right not in rights_over(request.user, organisation):
        raise PermissionDenied(refusal(right))


def _refused(request: HttpRequest, number: str, right: str) -> Exception:
    """An organisation that the user may not see does not exist; one that they see says why."""
    seen = organisations_for(request.user).filter(enterprise_number=number)
    return PermissionDenied(refusal(right)) if seen.exists() else Http404()


def dossier_or_404(scope: Scope, reference: str, year: int) -> Dossier:
    """The justification of one award of the user's organisation.

    Raises:
        Http404: no such award in that year, or it belongs to someone else.
    """
    if year not in YEARS:
        raise Http404
    try:
        return award_dossier(scope.own, reference, year, scope.as_of)
    except Award.DoesNotExist as error:
        raise Http404 from error


def award_address(reference: str, year: int) -> str:
    """Where the page of a justification is."""
    return reverse("justification", args=[reference, year])
