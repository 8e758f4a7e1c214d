"""The job queue: tasks are found in each app's `tasks` module; its settings start with CELERY_."""

import os

from celery import Celery
from django.apps import AppConfig

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")

app = Celery("backoffice")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class JobsConfig(AppConfig):
    """Loads this module with the other apps, so that every task finds the queue's settings."""

    name = "backoffice"
    verbose_name = "Tâches"
