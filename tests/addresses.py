"""Every address of the site with the view behind it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def views() -> dict[str, Callable[..., Any]]:
    """The view behind every address of the site, by name; by pattern where it has no name."""
    return dict(_views(get_resolver().url_patterns, ""))


def _views(
    patterns: Iterable[URLPattern | URLResolver], space: str
) -> Iterator[tuple[str, Callable[..., Any]]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _views(one.url_patterns, inner)
        else:
            yield space + (one.name or str(one.pattern)), one.callback
