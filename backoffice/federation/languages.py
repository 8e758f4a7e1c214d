"""The language of a person: their choice, or what their browser asks for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from backoffice.federation.models import Preference
from backoffice.federation.services import choose_language

CODES = tuple(code for code, _name in settings.LANGUAGES)


def language_of(user: User | AnonymousUser | None) -> str | None:
    """The language that an account chose; None when it never did, or without an account."""
    if user is None or not user.is_authenticated:
        return None
    chosen = Preference.objects.filter(user=user).values_list("language", flat=True)
    return chosen.first()


@contextmanager
def speaking_to(user: User | None) -> Iterator[None]:
    """Everything said inside is in that person's language: a job's owner, a mail's reader."""
    with translation.override(language_of(user) or settings.LANGUAGE_CODE):
        yield


def account_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The choice of the account goes before the browser's (read by `LocaleMiddleware`)."""

    def respond(request: HttpRequest) -> HttpResponse:
        chosen = language_of(request.user)
        if chosen is not None:
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
        return get_response(request)

    return respond


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen, for the account or this browser, and go back to the page."""
    chosen = request.POST.get("language", "")
    page = request.POST.get("next") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        page = "/"
    answer = HttpResponseRedirect(page)
    if chosen in CODES:
        if isinstance(request.user, User):
            choose_language(user=request.user, language=chosen)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer
