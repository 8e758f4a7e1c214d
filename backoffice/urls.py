"""Addresses of the site; each app adds its own."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path

from backoffice.federation.languages import set_language
from backoffice.health import health


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an unforeseen fault, without anything that could fail again."""
    return render(None, "500.html", {"demo": settings.DEMO}, status=500)


handler500 = server_error

# Second factors and sessions are their owner's: nobody administers them.
admin.site.unregister((EmailAddress, Authenticator, UserSession))

urlpatterns: list[URLPattern | URLResolver] = [
    path("langue/", set_language, name="set_language"),
    path("sante/", health, name="health"),
    path("admin/", admin.site.urls),
    path("", include("backoffice.federation.sign_in.urls")),
    path("", include("reports.urls")),
]
