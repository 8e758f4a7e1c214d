"""The user guide on the site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.guide.chapters import Chapter, chapters
from reports.templatetags.navigation import LABELS
from reports.views.scope import scope_of


@needs(Right.READ)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The contents."""
    context = scope_of(request).context(chapters=list(chapters().values()))
    return render(request, "guide/contents.html", context)


@needs(Right.READ)
@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter in the language of the reader, with the pages that it speaks of."""
    found = chapters().get(slug)
    if found is None:
        raise Http404
    order = list(chapters())
    place = order.index(slug)
    language = "nl" if (get_language() or "fr").startswith("nl") else "fr"
    context = scope_of(request).context(
        chapter=found,
        text=f"guide/{language}/{slug}.html",
        language=language,
        links=_links(found),
        before=chapters()[order[place - 1]] if place else None,
        after=chapters()[order[place + 1]] if place + 1 < len(order) else None,
    )
    return render(request, "guide/chapter.html", context)


def _links(found: Chapter) -> list[tuple[str, str]]:
    """The pages to open from a chapter, with what the menu calls them."""
    links = []
    for name in found.see:
        try:
            links.append((reverse(name), str(LABELS[name])))
        except (KeyError, NoReverseMatch) as error:
            raise LookupError(f"chapters.toml: « {name} » is no page of the menu") from error
    return links
