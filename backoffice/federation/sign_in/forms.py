"""Forms of django-allauth whose labels its own Dutch catalogue leaves in English."""

from typing import Any

from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _


class ActivateFactorForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an application of authentication."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code de l'application d'authentification")
