"""{% chart one %} shows a chart with its table to open; {% printed_chart one %} both, on paper."""

from typing import Any

from django import template

from reports.charts import Chart

register = template.Library()


@register.inclusion_tag("ui/_chart.html")
def chart(one: Chart) -> dict[str, Any]:
    """The drawing, then its table behind a word to click."""
    return {"chart": one}


@register.inclusion_tag("documents/_chart.html")
def printed_chart(one: Chart) -> dict[str, Any]:
    """The drawing, then its table."""
    return {"chart": one}
