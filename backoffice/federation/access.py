"""Who may do what here: the right that a page asks for, and the organisations that it opens."""

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve
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
    opened = _held_by_role(user, right)
    if right in CONSENT_RIGHTS:
        finance = user.federation_roles.filter(role=FederationRole.FINANCE)
        opened |= Q(pk__in=consents_today().filter(Exists(finance)).values("organisation"))
    return Organisation.objects.filter(opened).order_by("name")


def organisations_of(user: User | AnonymousUser, right: str = Right.SEE) -> QuerySet[Organisation]:
    """The organisations over which a user has a right by a role there, never by a consent.

    For what is read without a sign-in (calendar addresses, mails): no look could be logged.
    """
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(_held_by_role(user, right)).order_by("name")


def _held_by_role(user: User, right: str) -> Q:
    roles = [role for role, rights in SERVICE_RIGHTS.items() if right in rights]
    return Q(pk__in=user.memberships.filter(role__in=roles).values("organisation"))


def consents_today() -> QuerySet[Consent]:
    """The consents that run today and nobody has withdrawn."""
    today = timezone.localdate()
    return Consent.objects.filter(
        starts_on__lte=today, ends_on__gte=today, withdrawn_at__isnull=True
    )


def consents_used(
    user: User | AnonymousUser, organisations: Iterable[Organisation | int]
) -> QuerySet[Consent]:
    """The consents under which a user sees some organisations today: those where he has no role.

    One per organisation, the first given; two queries, one for those whom no consent opens.
    """
    if not user.is_authenticated or not is_federation_finance(user):
        return Consent.objects.none()
    held = Q(organisation__in=user.memberships.values("organisation"))
    running = consents_today().filter(organisation__in=list(organisations)).exclude(held)
    first = running.order_by().values("organisation").annotate(first=Min("pk")).values("first")
    return Consent.objects.filter(pk__in=first).select_related("organisation").order_by("pk")


def rights_over(user: User | AnonymousUser, organisation: Organisation) -> frozenset[str]:
    """The rights that a user has over one organisation today, by role or by consent."""
    if not user.is_authenticated:
        return frozenset()
    held: frozenset[str] = frozenset()
    for role in user.memberships.filter(organisation=organisation).values_list("role", flat=True):
        held |= SERVICE_RIGHTS[role]
    if not held >= CONSENT_RIGHTS and is_federation_finance(user):
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
    if right == Right.READ:
        return user.is_authenticated
    if right in EVERYWHERE:
        return right in rights_everywhere(user)
    return organisations_for(user, right).exists()


def opened_by(request: HttpRequest, right: str) -> tuple[Organisation, ...]:
    """The organisations over which the user of a request has a right, by name.

    Read once for a request: the right that a page asks for, then what the page shows.
    """
    held: dict[str, tuple[Organisation, ...]]
    held = vars(request).setdefault("organisations_opened", {})
    if right not in held:
        held[right] = tuple(organisations_for(request.user, right))
    return held[right]


def _may(request: HttpRequest, right: str) -> bool:
    if right == Right.READ or right in EVERYWHERE:
        return has_right(request.user, right)
    return bool(opened_by(request, right))


def needs(right: str, *, post: str | None = None) -> Callable[[View], View]:
    """A page for those who are signed in and have that right; its `right` says which.

    Args:
        right: what the page asks for.
        post: what it asks for when something is sent to it, where that is another right.

    Raises:
        PermissionDenied: the user lacks it; the message says what is missing and who may give it.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = post if post and request.method == "POST" else right
            if not _may(request, asked):
                raise PermissionDenied(refusal(asked))
            request.right = asked  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        opened: Any = login_required(guarded)
        opened.right = right
        return opened  # type: ignore[no-any-return]

    return guard


def opens(address: str, rights: Collection[str]) -> bool:
    """Whether somebody with these rights may open the page of an address."""
    right = _asked(urlsplit(address).path)
    return right is None or right in rights


@lru_cache(maxsize=1000)
def _asked(path: str) -> str | None:
    """The right that a page asks for, the same for as long as the site runs: menus ask it often."""
    return getattr(resolve(path).func, "right", None)


def refusal(right: str) -> str:
    """Why a page is refused, and whom to ask."""
    return _(
        "Votre rôle ne permet pas ceci : %(right)s. "
        "Demandez-le à la direction du service ou à l'administrateur."
    ) % {"right": Right(right).label}


def is_federation_finance(user: User) -> bool:
    """Whether the consents of services open them to this user."""
    return user.federation_roles.filter(role=FederationRole.FINANCE).exists()
