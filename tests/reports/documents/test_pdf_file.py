import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.template.loader import render_to_string

from backoffice.web.templatetags.money import eur
from reports.documents.paper import shown
from reports.documents.pdf_file import PAGE, render_pdf, typeset
from reports.documents.presses import PRESSES, PressFailed
from reports.dossier import Dossier
from tests.reports.documents.dossiers import AS_OF, cover, dossier, unknown

PDFTOTEXT = shutil.which("pdftotext")
FILES = {"essai.json": b"{}\n", "essai.xlsx": b"PK"}


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render_pdf(dossier(), FILES)


@pytest.fixture(scope="module")
def pdf(printed: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(printed)) as opened:
        yield opened


def html(made: Dossier) -> str:
    return typeset(render_to_string(PAGE, shown(made)))


def text(content: bytes) -> str:
    done = subprocess.run(  # noqa: S603
        [str(PDFTOTEXT), "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_it_says_that_it_is_pdf_a_3a_and_pdf_ua_1(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "fr"


def test_its_title_is_shown_and_its_days_are_those_of_the_statement(pdf: pikepdf.Pdf) -> None:
    assert "ESSAI-2024, exercice 2024" in str(pdf.docinfo.Title)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.CreationDate).startswith("D:20250317")


def test_the_json_and_the_workbook_are_inside_with_their_relationship(pdf: pikepdf.Pdf) -> None:
    inside = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert inside == FILES
    relations = {str(spec.obj.AFRelationship) for spec in pdf.attachments.values()}
    assert relations == {"/Source", "/Supplement"}
    assert len(pdf.Root.AF) == len(FILES)


def test_every_page_is_landscape_a4(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) >= 4
    for page in pdf.pages:
        _left, _top, width, height = (round(float(one)) for one in page.mediabox)
        assert (width, height) == (842, 595)


def test_it_has_a_bookmark_for_each_part(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[:4] == [
        *("Déclaration de créance", "Récapitulatif", "Versements et échéances"),
        "Frais de personnel",
    ]


def test_only_our_own_font_is_in_it(pdf: pikepdf.Pdf) -> None:
    names = {
        str(font.BaseFont)
        for page in pdf.pages
        for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
    }
    assert names
    assert all("Plex" in name for name in names), names


def test_table_heads_are_tagged_as_heads(pdf: pikepdf.Pdf) -> None:
    kinds = [str(one.S) for one in pdf.objects if _is_element(one)]
    assert kinds.count("/Table") >= 5
    assert kinds.count("/TH") > 20
    assert kinds.count("/TD") > 100


def _is_element(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == pikepdf.Name.StructElem


def test_the_same_dossier_gives_the_same_bytes(printed: bytes) -> None:
    assert render_pdf(dossier(), FILES) == printed


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")
def test_the_paper_says_the_totals_and_numbers_its_pages(printed: bytes) -> None:
    made, words = dossier(), text(printed)
    for cents in (made.amounts.granted, made.amounts.presented, made.amounts.balance):
        assert "".join(eur(cents).split()) in "".join(words.split())
    pages = words.count("\f")
    assert [f"page {number} / {pages}" in words for number in range(1, pages + 1)] == [True] * pages
    assert words.count("DEMO \u2014 DONNÉES INVENTÉES") == pages
    assert words.count("PROJET \u2014 NON DÉFINITIF") == pages


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")
def test_a_final_version_of_a_real_employer_bears_no_mark_of_a_draft() -> None:
    final = dossier(cover=cover(final=True, version=3, demo=False))
    words = text(render_pdf(final, {}))
    assert "VERSION DÉFINITIVE N° 3" in words
    assert "PROJET" not in words
    assert "DONNÉES INVENTÉES" not in words


def test_the_contents_name_each_part_that_the_page_holds() -> None:
    page = html(dossier())
    for anchor, _title in shown(dossier())["parts"]:
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_lines_are_shown_one_by_one_up_to_1200_and_summed_above() -> None:
    detailed, summed = html(dossier(1_000, 200)), html(dossier(1_000, 201))
    assert "CI-2024-01-W01" in detailed
    assert "A2024-001" in detailed
    assert "CI-2024-01-W01" not in summed
    assert "A2024-001" not in summed
    assert "classeur XLSX joint" in summed
    assert "classeur XLSX joint" not in detailed


def test_a_summary_by_worker_keeps_every_cent() -> None:
    made = dossier(1_000, 201)
    context = shown(made)
    assert len(context["staff"]) == 84
    assert sum(group.payable for group in context["staff"]) == context["staff_total"].payable
    assert sum(group.presented for _h, _c, group, _n in context["invoices"]) == sum(
        line.presented for line in made.invoices
    )
    assert sum(group.months for group in context["staff"]) == len(made.staff)


def test_pieces_are_numbered_by_category_on_paper() -> None:
    made = dossier(outside=2)
    page = html(made)
    for piece, number in made.numbers.items():
        assert f"{number}. {piece}" in page
    assert sorted(made.numbers.values()) == list(range(1, 11))
    assert [made.numbers[line.piece] for line in made.outside_payroll] == [1, 2]


def test_people_outside_the_payroll_are_named_under_the_staff_costs() -> None:
    page = html(dossier(outside=2))
    staff = page[page.index('id="personnel"') : page.index('id="factures"')]
    assert "Personnes hors paie" in staff
    assert "DEMO Intérimaire 0" in staff
    assert "personne inconnue" in staff
    assert "Intérim" not in page[page.index('id="factures"') : page.index('id="pieces"')]
    assert "Personnes hors paie" not in html(dossier())


def test_an_unknown_amount_is_said() -> None:
    page = html(unknown(dossier()))
    assert "inconnu" in page
    assert "Le montant payable n\u2019est pas encore connu" in page
    assert "Les rubriques sont inconnues" in page


@pytest.mark.parametrize(
    ("balance", "words"),
    [
        (500_000, "une créance de 5\u202f000,00\u202f€"),
        (-120_000, "un remboursement de 1\u202f200,00\u202f€"),
        (0, "aucun solde ne reste à verser ni à rembourser"),
    ],
)
def test_the_declaration_claims_gives_back_or_closes(balance: int, words: str) -> None:
    made = dossier()
    amounts = replace(made.amounts, balance=balance, recovery=max(-balance, 0))
    assert words in html(replace(made, amounts=amounts))


def test_a_figure_to_confirm_and_a_missing_document_stand_out() -> None:
    page = html(dossier())
    assert '<span class="badge to_confirm">à confirmer</span>' in page
    assert '<span class="missing">justificatif manquant</span>' in page


def test_french_typography_uses_narrow_spaces_and_curved_apostrophes() -> None:
    assert typeset("l&#x27;an : « oui » ; 5 € ? non !") == (
        "l\u2019an\u202f: «\u202foui\u202f»\u202f; 5\u202f€\u202f? non\u202f!"
    )


def test_a_text_of_the_user_is_never_markup() -> None:
    page = html(dossier(cover=cover(organisation="<script>alert(1)</script>")))
    assert "<script>" not in page


def test_a_character_that_our_font_lacks_and_a_control_character_do_not_stop_the_press() -> None:
    odd = dossier(12, 0, cover=cover(organisation="Maison \u4e2d\u6587 \U0001f600 \x02"))
    assert render_pdf(odd, {}).startswith(b"%PDF")


def test_a_text_longer_than_a_page_is_printed() -> None:
    made = dossier(12, 2)
    long = replace(made.checks[0], message="Un constat très long. " * 900)
    assert render_pdf(replace(made, checks=(long,)), {}).startswith(b"%PDF")


def test_a_press_that_fails_says_why_and_the_next_document_is_printed() -> None:
    with pytest.raises(PressFailed, match="UnicodeDecodeError"):
        PRESSES.print(b"\xff\xfe\xff", AS_OF, {})
    assert render_pdf(dossier(12, 0), {}).startswith(b"%PDF")
