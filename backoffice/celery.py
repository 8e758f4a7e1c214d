"""The messages between the site and its workers, where a broker is set: `federation.jobs`."""

import os

from celery import Celery
from django.apps import AppConfig

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")

app = Celery("backoffice", include=["backoffice.federation.jobs.messages"])
app.config_from_object("django.conf:settings", namespace="CELERY")


class JobsConfig(AppConfig):
    """Loads this module with the other apps, so that every task finds the queue's settings."""

    name = "backoffice"
    verbose_name = "Tâches"
