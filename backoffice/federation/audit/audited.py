"""The base of every model whose changes are written in the audit trail."""

from django.db import models


class Audited(models.Model):
    """A row whose every change goes to the trail."""

    class Meta:
        abstract = True
