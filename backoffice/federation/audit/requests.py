"""Says who acts during a request: the account that is signed in, whatever the page then writes."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from backoffice.federation.audit.acting import acting
from backoffice.federation.audit.looks import record_answer
from backoffice.federation.services.consents import note_looks


def say_who(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after the one that knows the account; a page of no one's rows asks nothing."""

    def respond(request: HttpRequest) -> HttpResponse:
        with acting(request.user, origin=f"request {secrets.token_hex(6)}"):
            response = get_response(request)
            shown, match = record_answer(request, response), request.resolver_match
            if shown and match and request.user.is_authenticated:
                note_looks(user=request.user, organisations=shown, page=match.url_name or "")
            return response

    return respond
