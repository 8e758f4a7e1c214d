"""No sentence is written past the translation: in templates, in the code that people read."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from backoffice.texts import printed

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Printed in both languages at once: the rule book, and the papers that go to either authority.
BILINGUAL = ("rules/", "documents/rules_", "documents/memorandum", "documents/application.html")
BILINGUAL += ("documents/_account.html", "documents/_honour.html", "documents/_budget.html")
GUIDE = ROOT / "templates" / "guide"
BILINGUAL += ("guide/fr/", "guide/nl/")
READ_ALOUD = {"title", "aria-label", "alt", "placeholder", "data-label"}
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
NAMES = {"DEMO", "PDF", "XLSX", "JSON", "CSV", "IBAN", "nbsp", "FR", "NL", "SHA", "wide"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


class Texts(HTMLParser):
    """The texts of a page, shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._mute = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mute = tag in {"script", "style"}
        self.found += [value for key, value in attrs if key in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self._mute = False

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.found.append(data)


def words_of(source: str) -> list[str]:
    """The words of a template that nothing translates."""
    page, inside = [], False
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            command = token.contents.split()[0]
            inside = command in {"blocktrans", "blocktranslate", "comment"} or (
                inside and not command.startswith("end")
            )
        elif token.token_type is TokenType.TEXT and not inside:
            page.append(token.contents)
    reader = Texts()
    reader.feed("".join(page))
    return [word for text in reader.found for word in WORD.findall(text) if word not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_leaves_no_word_untranslated(path: Path) -> None:
    name = str(path.relative_to(ROOT / "templates"))
    if not name.startswith(BILINGUAL):
        assert words_of(path.read_text(encoding="utf-8")) == []


def test_each_chapter_of_the_guide_is_written_in_both_languages() -> None:
    french, dutch = (sorted(one.name for one in (GUIDE / code).iterdir()) for code in ("fr", "nl"))
    assert french == dutch != []


def test_the_search_finds_a_word_in_a_text_and_in_an_attribute() -> None:
    page = '<p title="Aide">{% trans "Oui" %} Non {{ x }}</p>{% blocktrans %}Si{% endblocktrans %}'
    assert words_of(page) == ["Aide", "Non"]


# The code --------------------------------------------------------------------------------------

ROOMS = ("backoffice/federation", "backoffice/web", "grants", "staffing", "invoices", "reports")
# Read by who runs commands or writes data files, in the workbook's own language, or invented.
ELSEWHERE = (
    "/management/",
    "/migrations/",
    "/backup/",
    "/demo/",
    "/exchange/tables/",
    "/console.py",
)
ELSEWHERE += ("/exchange/cover.py", "/exchange/columns.py", "/exchange/sheets.py")
ELSEWHERE += ("/memorandum/pdf_file.py", "/memorandum/words.py", "/memorandum/xlsx_file.py")
ELSEWHERE += ("/rulebook/", "/apps.py", "/jobs/supervisor.py", "/admin.py")
ELSEWHERE += ("/scheme.py", "/scheme_parts.py", "/pack.py", "/year_rules.py")
ELSEWHERE += ("/services/reminders.py", "/application_words.py", "/honour.py")
ELSEWHERE += (
    "/application_book.py",
    "/workbook/account.py",
    "/exchange/pay.py",
    "/exchange/writer.py",
)
ELSEWHERE += ("/exchange/reading_cover.py", "/identities/turning.py")
ELSEWHERE += ("/audit/verifying.py",)
# A letter, a key, an identifier.
NO_SENTENCES = {"avec", "œ", "Présenté", "-//Subventions//Échéances//"}
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "mark", "ngettext", "ngettext_lazy"}
MARKS |= {"pgettext", "pgettext_lazy", "npgettext", "labels", "Text", "Phrase"}
FRENCH = re.compile(
    r"[éèêàçùîôœÉÈÀÇ]|(?<![\w-])(?:le|la|les|des|une|est|sont|avec|pour|aucune?|dans|sans)(?![\w-])"
    r"|\b[ldnqs]'\w"
)
SPEAKING = [
    path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if not any(part in f"/{path.relative_to(ROOT)}" for part in ELSEWHERE)
]


def unmarked(source: str) -> Iterator[str]:
    """The French sentences of a module that nothing translates."""
    tree = ast.parse(source)
    known = set(printed(source))
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in MARKS:
            skipped |= {id(one) for one in ast.walk(node)}
        elif isinstance(node, ast.Dict):
            codes = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if codes >= {"fr", "nl"}:
                skipped |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in skipped else None
        if isinstance(text, str) and FRENCH.search(text) and text not in known | NO_SENTENCES:
            yield text


@pytest.mark.parametrize("path", SPEAKING, ids=name_of)
def test_the_code_leaves_no_sentence_untranslated(path: Path) -> None:
    assert list(unmarked(path.read_text(encoding="utf-8"))) == []


def test_the_search_finds_a_sentence_and_leaves_a_marked_one() -> None:
    assert list(unmarked('a = "Aucun jour dans la période"\nb = _("Rien à dire")')) == [
        "Aucun jour dans la période"
    ]
