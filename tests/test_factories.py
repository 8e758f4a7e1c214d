"""Each factory gives a row that the model and the database accept."""

import inspect

import pytest
from factory.django import DjangoModelFactory

from tests import factories

FACTORIES = [
    factory
    for _, factory in inspect.getmembers(factories, inspect.isclass)
    if issubclass(factory, DjangoModelFactory) and factory is not DjangoModelFactory
]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_two_plain_rows_pass_the_checks_of_the_form_and_of_the_database(
    factory: type[DjangoModelFactory],
) -> None:
    for row in (factory.create(), factory.create()):
        row.full_clean()
        assert type(row).objects.filter(pk=row.pk).exists()
