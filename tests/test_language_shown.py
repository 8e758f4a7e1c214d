"""What a Dutch reader is shown: pages, mails, papers and refusals without a French word."""

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pytest
from django.core import mail
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from backoffice import texts
from backoffice.federation.models import Organisation
from backoffice.federation.roles import Role
from backoffice.federation.services import choose_language
from backoffice.web.templatetags.money import NARROW
from reports.documents.paper import shown
from reports.documents.pdf_file import APOSTROPHE, PAGE, typeset
from reports.documents.xlsx_file import render_xlsx
from reports.dossier import Dossier
from reports.justifications import award_dossier
from reports.workflow.content import digest_of, document_of
from tests.factories import DeadlineFactory, MembershipFactory, UserFactory
from tests.reports.views.conftest import Service, build_service
from tests.visits import made
from tests.walk import ENTRIES, sample

CATALOGUE = texts.read(next(one for one in texts.catalogues() if one.parts[-3] == "nl"))
SHEET = re.compile(r"'?([^\W\d][\w ]*)'?!")
BOTH = {"Uitleg", "Verklaring", "Afrekening"}
SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-label")
PAGES = sorted(name for name, visit in ENTRIES.items() if "GET" in visit.methods)
# The funder's own form is shown as the funder wrote it.
FILES = (
    "funder_form",
    "_file",
    "_xlsx",
    "import_template",
    "import_problems",
    "calendar_feed",
    "stored_file",
)


def french_only() -> list[str]:
    """The sentences whose Dutch differs and that are not themselves the Dutch of another."""
    dutch = {str(one.string) for one in CATALOGUE if one.id and not one.pluralizable}
    found = [one.id for one in CATALOGUE if isinstance(one.id, str) and one.id != one.string]
    return [one for one in found if one and one.strip() and one not in dutch]


FRENCH = french_only()
WORDS = frozenset(one.strip() for one in FRENCH) - {"De"}  # "the" in Dutch, "from" in French
LONG = [one for one in FRENCH if len(one.split()) > 3 and "%" not in one]


class Texts(HTMLParser):
    """The texts of a page, shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._mute = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mute = tag in {"script", "style"}
        self.found += [value for key, value in attrs if key in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._mute = False

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.found.append(data)


# Small words of French that Dutch has not; names between quotes, and those that the tests type.
SMALL = re.compile(
    r"(?<![\w'-])(?:le|la|les|du|une|pour|avec|dans|sont|aux|qui|que)(?![\w'-])", re.I
)
NAMED = re.compile("«[^»]*»|“[^”]*”|Service social du Canal|Quai du Test 1, 1000 Bruxelles")


def french_sentences(html: str) -> list[str]:
    """The texts of a page with small words of French: of the code, of the data or composed."""
    reader = Texts()
    reader.feed(html)
    return [text for text in reader.found if SMALL.search(NAMED.sub("", text))]


def left_in_french(html: str) -> list[str]:
    """The sentences of the catalogue that a page still says in French."""
    reader = Texts()
    reader.feed(html)
    said = [" ".join(text.split()) for text in reader.found]
    whole = "\n".join(said)
    return [text for text in said if text in WORDS] + [one for one in LONG if one in whole]


class DutchReaderOf(Client):
    """A finance officer of an organisation who reads Dutch, and opens the administration too."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__()
        user = UserFactory(is_staff=True, is_superuser=True)
        MembershipFactory(user=user, organisation=organisation, role=Role.FINANCE)
        choose_language(user=user, language="nl")
        self.force_login(user)


@pytest.fixture
def dutch(db: None) -> Service:
    """A service whose user reads Dutch."""
    service = build_service()
    user = service.organisation.memberships.get().user
    choose_language(user=user, language="nl")
    return service


@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith(FILES)])
def test_a_page_in_dutch_says_nothing_in_french(db: None, name: str) -> None:
    of = sample("LEZER")
    visit, reader = ENTRIES[name], DutchReaderOf(of.organisation)
    page = reader.get(visit.address(name, of), made(visit.query, of), follow=True)
    if page["Content-Type"].startswith("text/html"):
        assert page["Content-Language"] == "nl"
        assert left_in_french(page.content.decode()) == []
        assert french_sentences(page.content.decode()) == []
        # A native picker speaks the language of the browser, not that of the page.
        assert 'type="date"' not in page.content.decode()


def test_a_page_that_does_not_exist_says_it_in_dutch(dutch: Service) -> None:
    page = dutch.client.get("/subventions/INCONNUE/2024/")
    assert page.status_code == 404
    assert "Pagina niet gevonden" in page.content.decode()
    assert left_in_french(page.content.decode()) == []


def test_the_same_page_in_french_is_found_by_that_search(db: None) -> None:
    html = build_service().client.get("/travailleurs/").content.decode()
    assert len(left_in_french(html)) > 10
    assert len(french_sentences(html)) > 5


def test_the_sign_in_page_speaks_the_browsers_language(db: None) -> None:
    page = Client().get("/connexion/", headers={"Accept-Language": "nl-BE"})
    assert "Wachtwoord" in page.content.decode()
    assert left_in_french(page.content.decode()) == []


def test_amounts_are_grouped_with_points_on_a_dutch_page(dutch: Service) -> None:
    html = unescape(dutch.get().content.decode())
    assert "50.000,00\u00a0EUR" in html
    assert "50\u202f000,00" not in html


def test_the_words_of_the_data_are_dutch_too(dutch: Service) -> None:
    html = dutch.get().content.decode()
    assert "Sociale Maribel" in html
    assert "Maribel social" not in html


def test_a_refused_form_says_why_in_dutch(dutch: Service) -> None:
    answer = dutch.client.post(dutch.page + "avenant/", {"decided_on": "demain"})
    html = answer.content.decode()
    assert left_in_french(html) == []
    assert "De datum is niet leesbaar: dd/mm/jjjj." in html
    assert "In te vullen." in html


def test_a_number_is_understood_as_each_language_writes_it(dutch: Service) -> None:
    letter = {"letter_reference": "B-2", "decided_on": "01/02/2024", "effective_on": "01/02/2024"}
    for written in ("51.000,50", "51 000,50", "51000.50"):
        answer = dutch.client.post(
            dutch.page + "avenant/",
            {**letter, "reason": "Index", "term_granted": written, "step": "preview"},
        )
        assert "51.000,50" in unescape(answer.content.decode())


def test_a_check_and_its_subject_differ_by_their_words_alone(dutch: Service) -> None:
    made = {}
    for language in ("fr", "nl"):
        with translation.override(language):
            made[language] = award_dossier(
                dutch.organisation, dutch.award.reference, 2024, date(2025, 2, 1)
            )
    french, other = made["fr"].checks, made["nl"].checks
    assert [(one.code, one.subject, one.amount) for one in french] == [
        (one.code, one.subject, one.amount) for one in other
    ]
    assert french
    assert all(one.message != two.message for one, two in zip(french, other, strict=True))


def test_a_colleague_of_the_other_language_reads_the_same_content(dutch: Service) -> None:
    read = {}
    for language in ("fr", "nl"):
        with translation.override(language):
            read[language] = digest_of(document_of(dossier_of(dutch)))
    assert read["fr"] == read["nl"]


def test_the_search_names_a_deadline_and_no_code_in_dutch(dutch: Service) -> None:
    DeadlineFactory(
        award=dutch.award, due_on=date(2025, 3, 1), label_fr="Rapport", label_nl="Jaarverslag"
    )
    html = dutch.client.post("/recherche/", {"q": "Rapport"}, follow=True).content.decode()
    assert ">Jaarverslag</a>" in html
    html = dutch.client.post(
        "/recherche/", {"q": "Arbeidsongevallen"}, follow=True
    ).content.decode()
    assert 'href="/valeurs/employer.accident_insurance/' in html
    assert ">employer.accident_insurance" not in html


def test_a_reference_value_says_its_dutch_name_once(dutch: Service) -> None:
    html = dutch.client.get("/valeurs/employer.accident_insurance/").content.decode()
    page = html[html.index("<main") :]
    assert page.count("Arbeidsongevallenverzekering") == 1


# Mails, papers, sheets ------------------------------------------------------------------------


def test_a_reminder_is_written_in_the_language_of_who_reads_it(dutch: Service, settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    reader = dutch.organisation.memberships.get().user
    reader.email = "lezer@example.org"
    reader.save()
    other = MembershipFactory(organisation=dutch.organisation).user
    other.email = "lecteur@example.org"
    other.save()
    DeadlineFactory(award=dutch.award, due_on=date(2025, 3, 1), label_nl="Jaarverslag")
    call_command("reminders", "--on", "2025-02-22")
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert letters["lezer@example.org"].subject.startswith("1 vervaldag op komst")
    assert "Jaarverslag" in letters["lezer@example.org"].body
    assert left_in_french(letters["lezer@example.org"].body) == []
    assert letters["lecteur@example.org"].subject.startswith("1 échéance à venir")


def dossier_of(service: Service) -> Dossier:
    return award_dossier(service.organisation, service.award.reference, 2024, date(2025, 2, 1))


def test_the_paper_of_a_justification_is_in_dutch(dutch: Service) -> None:
    with translation.override("nl"):
        html = typeset(render_to_string(PAGE, shown(dossier_of(dutch))))
    assert '<html lang="nl">' in html
    assert "Schuldvordering" in html
    # The declaration on honour and the account are in both languages.
    html = re.sub(r'<section[^>]*id="(?:honneur|decompte)".*?</section>', "", html, flags=re.S)
    assert left_in_french(html.replace(APOSTROPHE, "'").replace(NARROW, " ")) == []


def test_the_workbook_of_a_justification_is_in_dutch_and_its_formulas_find_its_sheets(
    dutch: Service,
) -> None:
    with translation.override("nl"):
        content = render_xlsx(dossier_of(dutch))
    book = openpyxl.load_workbook(BytesIO(content))
    assert {"Voorblad", "Samenvatting", "Personeel", "Facturen"} <= set(book.sheetnames)
    # The explanation names the columns of the computation; two sheets are in both languages.
    ours = [one for one in book if one.title.split()[0] not in BOTH]
    cells = [cell.value for sheet in ours for row in sheet.iter_rows() for cell in row]
    texts_of_cells = [value for value in cells if isinstance(value, str)]
    assert [text for text in texts_of_cells if text in WORDS] == []
    named = {name for text in texts_of_cells if text[:1] == "=" for name in SHEET.findall(text)}
    assert named
    assert named <= set(book.sheetnames)


def test_a_french_paper_keeps_its_words_and_its_typography(db: None) -> None:
    with translation.override("fr"):
        html = typeset(render_to_string(PAGE, shown(dossier_of(build_service()))))
    assert '<html lang="fr">' in html
    assert f"50{NARROW}000,00{NARROW}€" in html


def test_dutch_paper_has_no_space_before_its_double_signs() -> None:
    with translation.override("nl"):
        assert typeset("Let op: « ja »; 5 % of 5 € ? nee!") == (
            f"Let op: «{NARROW}ja{NARROW}»; 5{NARROW}% of 5{NARROW}€? nee!"
        )
