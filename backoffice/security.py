"""What every response carries: a content policy, that no copy is kept, DEMO where it belongs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "font", "connect")),
        "img-src 'self' data:",
        *(f"{kind} 'self'" for kind in ("form-action", "base-uri")),
        "frame-ancestors 'none'",
    )
)


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Only our own files: no foreign content, no inline script, no inline style.

    No browser or proxy keeps a copy of a page: it may show names and pay.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return respond


def demo(_request: HttpRequest) -> dict[str, bool]:
    """`demo` in every template: true where the data are invented."""
    return {"demo": settings.DEMO}
