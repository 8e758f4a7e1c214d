"""The user guide on the site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs, opens
from backoffice.federation.roles import Right
from reports.guide.chapters import Chapter, chapters
from reports.templatetags.navigation import LABELS
from reports.views.scope import Scope, scope_of


@needs(Right.READ)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The contents."""
    scope = scope_of(request)
    context = scope.context(chapters=list(_open_to(scope).values()))
    return render(request, "guide/contents.html", context)


@needs(Right.READ)
@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter in the language of the reader, with the pages that it speaks of."""
    found = chapters().get(slug)
    if found is None:
        raise Http404
    scope = scope_of(request)
    order = list(_open_to(scope) | {slug: found})
    place = order.index(slug)
    language = "nl" if (get_language() or "fr").startswith("nl") else "fr"
    context = scope.context(
        chapter=found,
        text=f"guide/{language}/{slug}.html",
        language=language,
        links=_links(found, scope),
        before=chapters()[order[place - 1]] if place else None,
        after=chapters()[order[place + 1]] if place + 1 < len(order) else None,
    )
    return render(request, "guide/chapter.html", context)


def _open_to(scope: Scope) -> dict[str, Chapter]:
    """The chapters that speak of what the reader may do."""
    return {
        slug: one
        for slug, one in chapters().items()
        if not one.see or opens(reverse(one.see[0]), scope.rights | scope.everywhere)
    }


def _links(found: Chapter, scope: Scope) -> list[tuple[str, str]]:
    """The pages that the reader may open from a chapter, with what the menu calls them."""
    links = []
    for name in found.see:
        try:
            if opens(reverse(name), scope.rights | scope.everywhere):
                links.append((reverse(name), str(LABELS[name])))
        except (KeyError, NoReverseMatch) as error:
            raise LookupError(f"chapters.toml: « {name} » is no page of the menu") from error
    return links
