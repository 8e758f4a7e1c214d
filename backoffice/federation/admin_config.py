"""The administration in the place of Django's own: another site, the same app."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration behind our table of rights."""

    default_site = "backoffice.federation.admin_site.Administration"
