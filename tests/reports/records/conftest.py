"""The small service of the pages, and another one to keep apart."""

import pytest

from tests.reports.views.conftest import Service, build_service


@pytest.fixture
def service(db: None) -> Service:
    return build_service()


@pytest.fixture
def other(db: None) -> Service:
    return build_service("AUTRE-1")
