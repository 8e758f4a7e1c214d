"""An address that cannot be asked that way: the page above it, or a page that says so."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve

_READING = {"GET", "HEAD"}


def no_dead_end(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Where an address only receives a form, reading it (a reload, a bookmark) leads above it."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        if request.method in _READING:
            query = request.GET.urlencode()
            return HttpResponseRedirect(_above(request.path) + (f"?{query}" if query else ""))
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return respond


def _above(path: str) -> str:
    """The nearest address above that is one of the site's."""
    parts = path.strip("/").split("/")
    for end in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:end])}/"
        try:
            resolve(above)
        except Resolver404:
            continue
        return above
    return "/"
