"""Addresses of the site; each app adds its own."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path

from backoffice.federation.languages import set_language
from backoffice.health import health


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an unforeseen fault, without anything that could fail again."""
    return render(None, "500.html", {"demo": settings.DEMO}, status=500)


handler500 = server_error

urlpatterns: list[URLPattern | URLResolver] = [
    path("connexion/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path("langue/", set_language, name="set_language"),
    path("sante/", health, name="health"),
    path("admin/", admin.site.urls),
    path("", include("reports.urls")),
]
