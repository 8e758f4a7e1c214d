"""Sign-in: what the site adds to django-allauth (backoffice/decisions/0042-sign-in.md)."""
