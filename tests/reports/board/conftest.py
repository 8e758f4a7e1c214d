"""The service of the pages, and another one to keep apart."""

from tests.reports.views.conftest import other, service

__all__ = ["other", "service"]
