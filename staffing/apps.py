"""Application settings of the staffing app."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Names the app in the administration."""

    name = "staffing"
    verbose_name = "Personnel"
