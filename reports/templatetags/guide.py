"""The way from a page to its chapter of the guide, and the pictures of the guide."""

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.guide.chapters import chapter_of

register = template.Library()


@register.simple_tag(takes_context=True)
def help_address(context: Context) -> str:
    """Where the help of this page is: its chapter, or the contents of the guide."""
    match = context["request"].resolver_match
    slug = chapter_of(match.url_name if match else None)
    return reverse("chapter", args=[slug]) if slug else reverse("guide")


@register.simple_tag(takes_context=True)
def picture(context: Context, name: str, words: str) -> SafeString:
    """A picture of the site in the language of the chapter, with what it shows in words."""
    address = static(f"web/guide/{context['language']}/{name}.png")
    return format_html(
        '<figure><img src="{}" alt="" loading="lazy"><figcaption>{}</figcaption></figure>',
        address,
        words,
    )
