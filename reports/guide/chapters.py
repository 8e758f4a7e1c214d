"""Which chapters the guide has, and which one explains a page."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reports.records.all import RECORDS

_FILE = Path(__file__).with_name("chapters.toml")


@dataclass(frozen=True)
class Chapter:
    """One chapter: its title in both languages, the pages it explains, the pages to open next."""

    slug: str
    title: Mapping[str, str]
    pages: tuple[str, ...]
    see: tuple[str, ...]


@cache
def chapters() -> dict[str, Chapter]:
    """The chapters by slug, in the order of the guide."""
    read: dict[str, dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        slug: Chapter(
            slug,
            {"fr": one["fr"], "nl": one["nl"]},
            (*one["pages"], *(RECORDS if one.get("records") else ())),
            tuple(one["see"]),
        )
        for slug, one in read.items()
    }


@cache
def _by_page() -> dict[str, str]:
    return {name: slug for slug, one in chapters().items() for name in one.pages}


def chapter_of(name: str | None) -> str | None:
    """The slug of the chapter that explains a page, by the name of its address."""
    return None if name is None else _by_page().get(name)
