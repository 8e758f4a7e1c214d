"""Who may do what here: the right that a page asks for, and the organisations that it opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.models import Consent, Organisation
from backoffice.federation.roles import (
    CONSENT_RIGHTS,
    EVERYWHERE,
    FEDERATION_RIGHTS,
    SERVICE_RIGHTS,
    FederationRole,
    Right,
)

View = Callable[..., HttpResponseBase]


def organisations_for(user: User | AnonymousUser, right: str = Right.SEE) -> QuerySet[Organisation]:
    """The organisations over which a user has a right, by name.

    By a role in the organisation, or by a consent of the service that runs today.
    """
    if not user.is_authenticated:
        return Organisation.objects.none()
    roles = [role for role, rights in SERVICE_RIGHTS.items() if right in rights]
    opened = Q(pk__in=user.memberships.filter(role__in=roles).values("organisation"))
    if right in CONSENT_RIGHTS and _is_federation_finance(user):
        opened |= Q(pk__in=consents_today().values("organisation"))
    return Organisation.objects.filter(opened).order_by("name")


def consents_today() -> QuerySet[Consent]:
    """The consents that run today and nobody has withdrawn."""
    today = timezone.localdate()
    return Consent.objects.filter(
        starts_on__lte=today, ends_on__gte=today, withdrawn_at__isnull=True
    )


def rights_over(user: User | AnonymousUser, organisation: Organisation) -> frozenset[str]:
    """The rights that a user has over one organisation today, by role or by consent."""
    if not user.is_authenticated:
        return frozenset()
    held: frozenset[str] = frozenset()
    for role in user.memberships.filter(organisation=organisation).values_list("role", flat=True):
        held |= SERVICE_RIGHTS[role]
    if not held >= CONSENT_RIGHTS and _is_federation_finance(user):
        held |= CONSENT_RIGHTS if consents_today().filter(organisation=organisation) else set()
    return held


def rights_everywhere(user: User | AnonymousUser) -> frozenset[str]:
    """The rights that a user has over the whole site."""
    if not user.is_authenticated:
        return frozenset()
    held: frozenset[str] = frozenset({Right.READ})
    for role in user.federation_roles.values_list("role", flat=True):
        held |= FEDERATION_RIGHTS[role]
    return held


def has_right(user: User | AnonymousUser, right: str) -> bool:
    """Whether a user has a right: over the site, or over one organisation at least."""
    if right in EVERYWHERE:
        return right in rights_everywhere(user)
    return organisations_for(user, right).exists()


def needs(right: str) -> Callable[[View], View]:
    """A page for those who are signed in and have that right; its `right` says which.

    Raises:
        PermissionDenied: the user lacks it; the message says what is missing and who may give it.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_right(request.user, right):
                raise PermissionDenied(refusal(right))
            request.right = right  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        opened: Any = login_required(guarded)
        opened.right = right
        return opened  # type: ignore[no-any-return]

    return guard


def refusal(right: str) -> str:
    """Why a page is refused, and whom to ask."""
    return _(
        "Votre rôle ne permet pas ceci : %(right)s. "
        "Demandez-le à la direction du service ou à l'administrateur."
    ) % {"right": Right(right).label}


def _is_federation_finance(user: User) -> bool:
    return user.federation_roles.filter(role=FederationRole.FINANCE).exists()
