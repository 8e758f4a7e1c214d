"""The service whose best allocation is asked."""

from decimal import Decimal

import pytest

from tests.factories import AssignmentFactory
from tests.reports.grid.conftest import Desk, add_paid_worker, build_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """Two awards of 20,000 EUR, and two workers of some 49,000 EUR each, one half charged."""
    desk = build_desk()
    add_paid_worker(desk.organisation, "W02")
    AssignmentFactory(worker=desk.worker, post=desk.posts[0], weekly_hours=Decimal(10))
    return desk
