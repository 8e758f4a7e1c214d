"""The spaces of French and Dutch on a page, and what nobody may change: fields, code, scripts."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils.translation import override

from backoffice import settings as project
from backoffice.web.templatetags.money import NARROW
from backoffice.web.typography import set_spaces, spaces_of_the_language
from tests.test_language_shown import DutchReaderOf, Texts
from tests.visits import made
from tests.walk import ENTRIES, sample

PAGES = ("today", "justification", "grid", "figure", "chapter")
LOOSE = re.compile(" [:;?!»%€]|« ")
SECRET = re.compile(r'value="[A-Za-z0-9]{64}"')
TYPED = re.compile(r"""<textarea.*?</textarea>|value="[^"]*"|<script.*?</script>""", re.DOTALL)


def texts_of(html: str) -> list[str]:
    reader = Texts()
    reader.feed(re.sub("<(textarea|code|pre).*?</[a-z]+>", "", html, flags=re.DOTALL))
    return reader.found


def typed(html: str) -> list[str]:
    """What a page sends back or runs, but its token and its nonce."""
    return [one for one in TYPED.findall(html) if not SECRET.search(one)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_french_has_its_spaces_and_its_fields_keep_what_was_typed(
    db: None, settings, name: str
) -> None:
    of = sample("LECTEUR")
    visit, reader = ENTRIES[name], DutchReaderOf(of.organisation)
    address, query = visit.address(name, of), made(visit.query, of)
    reader.post("/langue/", {"language": "fr"})
    plain = reader.get(address, query, follow=True).content.decode()
    settings.MIDDLEWARE = [one for one in project.MIDDLEWARE if not one.startswith("whitenoise")]
    spaced = Client()
    spaced.cookies = reader.cookies
    html = spaced.get(address, query, follow=True).content.decode()
    assert 'lang="fr"' in html
    assert [text for text in texts_of(plain) if LOOSE.search(text)] != []
    assert [text for text in texts_of(html) if LOOSE.search(text)] == []
    assert typed(html) == typed(plain)


def test_dutch_has_no_space_before_its_double_signs() -> None:
    with override("nl"):
        assert set_spaces("Let op : 30 % van 5 € ; « ja » :") == (
            f"Let op: 30{NARROW}% van 5{NARROW}€; «{NARROW}ja{NARROW}»:"
        )
    with override("fr"):
        assert set_spaces("Oui ; 30 % ?") == f"Oui{NARROW}; 30{NARROW}%{NARROW}?"


@pytest.mark.parametrize("name", ["aria-label", "title", "placeholder", "alt", "data-label"])
@pytest.mark.parametrize("tag", ["input", "textarea", "td"])
def test_what_a_tag_reads_aloud_gets_its_spaces_and_what_it_sends_stays(tag, name):
    loose, set_as = "Part : 30 % ?", f"Part{NARROW}: 30{NARROW}%{NARROW}?"
    html = (
        f"""<{tag} class="a" {name}="{loose}" value="{loose}" data-x="{loose}" {name}='{loose}'>"""
    )
    page = spaces_of_the_language(lambda _request: HttpResponse(html + "</" + tag + ">"))
    with override("fr"):
        made = page(HttpRequest()).content.decode()
    for quote in ('"', "'"):
        html = html.replace(f"{name}={quote}{loose}", f"{name}={quote}{set_as}")
    assert made == html + "</" + tag + ">"


def test_what_was_typed_stays_even_where_it_looks_like_a_tag():
    html = """<textarea title="Note :">title="Note :" ; oui ?</textarea><p>title="Note :"</p>"""
    page = spaces_of_the_language(lambda _request: HttpResponse(html))
    with override("nl"):
        made = page(HttpRequest()).content.decode()
    assert made == (
        """<textarea title="Note:">title="Note :" ; oui ?</textarea><p>title="Note :"</p>"""
    )
