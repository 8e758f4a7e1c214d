"""A file that is too large, in a real browser: said beside its field before anything is sent."""

import pytest

from tests.factories import DeadlineFactory
from tests.federation.test_storing import a_pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def deadline(page, service, live_server):
    """The page of a deadline, seen by the officer of its service."""
    row = DeadlineFactory(award=service.award)
    page.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": service.client.cookies["sessionid"].value,
                "url": live_server.url,
            }
        ]
    )
    page.goto(f"/echeances/{row.pk}/")
    return page


def chosen(page, size: int) -> str:
    """What the field says of a file of that many bytes, empty when it takes it."""
    field = page.locator("input[type=file]")
    content = a_pdf() + bytes(size)
    field.set_input_files({"name": "scan.pdf", "mimeType": "application/pdf", "buffer": content})
    return field.evaluate("field => field.validationMessage")


def test_a_large_file_is_refused_beside_its_field_and_nothing_is_sent(deadline):
    sent = []
    deadline.on("request", lambda request: sent.append(request.method))
    assert "20 Mo" in chosen(deadline, 21 * 1024 * 1024)
    deadline.get_by_role("button", name="Joindre").click()
    assert "POST" not in sent
    assert chosen(deadline, 10) == ""
    deadline.get_by_role("button", name="Joindre").click()
    deadline.get_by_text("Le fichier est joint.").wait_for()
    assert "POST" in sent
    assert deadline.get_by_role("link", name="scan.pdf").count() == 1
