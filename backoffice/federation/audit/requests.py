"""Says who acts during a request: the account that is signed in, whatever the page then writes."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from backoffice.federation.audit.acting import acting


def say_who(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after the one that knows the account; a page that writes nothing asks nothing."""

    def respond(request: HttpRequest) -> HttpResponse:
        with acting(request.user, origin=f"request {secrets.token_hex(6)}"):
            return get_response(request)

    return respond
