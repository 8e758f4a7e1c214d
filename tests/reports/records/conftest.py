"""The small service of the pages, made once for a module, and another one to keep apart."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.reports.views.conftest import Service, build_service, made_again
from tests.standing import standing


@pytest.fixture(scope="module")
def standing_service(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Service]:
    with standing(django_db_blocker):
        yield build_service()


@pytest.fixture
def service(standing_service: Service, db: None) -> Service:
    return made_again(standing_service)


@pytest.fixture
def other(db: None) -> Service:
    return build_service("AUTRE-1")
