"""The administration: for those who manage accounts, whatever flags Django gives them."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, reverse

from backoffice.federation.access import has_right, refusal
from backoffice.federation.roles import Right


class Administration(AdminSite):
    """It opens to the administrators of the site alone; a superuser is one more account.

    It holds who uses the site and what the rows of services hang on: no worker, pay, invoice or
    award is ever registered in it.
    """

    site_header = "Subventions"

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and has_right(request.user, Right.ACCOUNTS)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Refuse with our page whoever is signed in and manages no accounts."""
        opened = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(refusal(Right.ACCOUNTS))
            return opened(request, *args, **kwargs)

        return guarded

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The sign-in of the site, the only one."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def get_urls(self) -> list[Any]:
        """Django's addresses, each saying which right opens it."""
        found = super().get_urls()
        _say_right(found)
        return found


def _say_right(addresses: Iterable[URLPattern | URLResolver]) -> None:
    for one in addresses:
        if isinstance(one, URLResolver):
            _say_right(one.url_patterns)
        elif inspect.isfunction(one.callback):  # not the sign-in, a method that is anyone's
            one.callback.right = Right.ACCOUNTS  # type: ignore[attr-defined]
