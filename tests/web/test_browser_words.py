"""A browser in words, as the page of the sessions says it."""

import pytest

from backoffice.web.templatetags.browsers import browser_words

CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36"
EDGE = f"{CHROMIUM.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64')} Edg/142.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROMIUM, "Chrome sur Linux"),
        (EDGE, "Edge sur Windows"),
        (IPHONE, "Safari sur iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15.1) Firefox/145.0", "Firefox sur macOS"),
        ("curl/8.5.0", "curl/8.5.0"),
    ],
)
def test_a_browser_and_its_system_are_said_as_people_say_them(agent: str, words: str) -> None:
    assert browser_words(agent) == words
