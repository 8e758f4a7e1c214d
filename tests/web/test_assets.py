"""Only our own files, no inline style or script, and colours that everyone can read."""

import re
from pathlib import Path

import pytest

from tests.reports.views.conftest import build_service

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "backoffice/web/static/web"
TEMPLATES = [
    path for path in sorted((ROOT / "templates").rglob("*.html")) if "documents" not in path.parts
]
PAIRS = [
    *((ink, paper) for ink in ("ink", "muted", "accent") for paper in ("page", "paper", "soft")),
    *((tone, f"{tone}-bg") for tone in ("error", "warning", "done", "info")),
    *(("ink", f"{tone}-bg") for tone in ("error", "warning", "done", "info")),
    *((tone, "paper") for tone in ("error", "warning", "done")),
    ("on-accent", "accent"),
    ("on-demo", "demo"),
]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_calls_no_other_site_and_holds_no_inline_code(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*src=)", text)


def test_the_style_sheet_loads_files_that_exist():
    text = (STATIC / "site.css").read_text(encoding="utf-8")
    assert "://" not in text
    for name in re.findall(r'url\("([^"]+)"\)', text):
        assert (STATIC / name).is_file(), name


def palettes() -> dict[str, dict[str, str]]:
    text = (STATIC / "site.css").read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)", 1)
    read = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")
    first = dict(read.findall(light))
    return {"light": first, "dark": first | dict(read.findall(dark))}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS, ids="-on-".join)
def test_words_stand_out_from_their_ground(scheme, ink, paper):
    palette = palettes()[scheme]
    one, two = sorted((luminance(palette[ink]), luminance(palette[paper])), reverse=True)
    assert (one + 0.05) / (two + 0.05) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "paper", "soft"])
def test_the_focus_is_visible(scheme, ground):
    palette = palettes()[scheme]
    one, two = sorted((luminance(palette["focus"]), luminance(palette[ground])), reverse=True)
    assert (one + 0.05) / (two + 0.05) >= 3


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "explication/montants/payable/"])
def test_every_page_has_a_title_a_skip_link_and_one_main_heading(path):
    page = build_service().get(path).content.decode()
    assert "<title>" in page
    assert 'href="#contenu"' in page
    assert page.count("<h1") == 1
    assert '<main id="contenu"' in page
