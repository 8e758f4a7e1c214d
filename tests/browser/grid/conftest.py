"""The grid of a service of its own, and a page whose console stays silent."""

from decimal import Decimal

import pytest

from tests.factories import AssignmentFactory
from tests.reports.grid.conftest import Desk, build_desk


@pytest.fixture
def desk(service) -> Desk:
    """The grid's own service, seen by the user of the browser."""
    found = build_desk()
    AssignmentFactory(worker=found.worker, post=found.posts[0], weekly_hours=Decimal("19.00"))
    AssignmentFactory(worker=found.worker, post=found.posts[1], weekly_hours=Decimal("9.50"))
    return found


@pytest.fixture
def page(browser, service, live_server):
    """A page on the site; a message of the console is a failure, but for a save that is refused.

    The browser itself writes there that an answer was 409.
    """
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1400, "height": 900})
    opened, said = context.new_page(), list[str]()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto("/")
    yield opened
    context.close()
    assert [text for text in said if "status of 409" not in text] == []
