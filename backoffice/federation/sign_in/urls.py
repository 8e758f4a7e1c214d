"""Addresses of sign-in: those of django-allauth that the site uses, and no other."""

from allauth.account import views
from django.urls import include, path, re_path

from backoffice.federation.sign_in.sessions import end_session

urlpatterns = [
    path("connexion/", views.login, name="account_login"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("compte/inactif/", views.account_inactive, name="account_inactive"),
    path("compte/confirmation/", views.reauthenticate, name="account_reauthenticate"),
    path("compte/mot-de-passe/", views.password_change, name="account_change_password"),
    path("mot-de-passe-oublie/", views.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe-oublie/envoye/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "mot-de-passe-oublie/change/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^mot-de-passe-oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("compte/second-facteur/", include("allauth.mfa.urls")),
    path("compte/sessions/<int:number>/terminer/", end_session, name="usersessions_end"),
    path("compte/sessions/", include("allauth.usersessions.urls")),
]
