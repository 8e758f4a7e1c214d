"""Words of scenarios on screen: {{ cents|difference }} is "+1.234,00", "=" where nothing moves."""

from django import template
from django.utils.text import capfirst
from django.utils.translation import get_language

from reports.board.note import signed
from reports.scenarios.codes import spoken
from reports.scenarios.figures import EUR
from reports.scenarios.scenario import Parameter, Scenario

register = template.Library()


@register.filter
def difference(cents: int) -> str:
    """A difference with its sign."""
    return signed(cents, EUR)


@register.filter
def scenario_title(scenario: Scenario) -> str:
    """Its name, in the language in force."""
    return scenario.titled(get_language() or "fr")


@register.filter
def assumption_name(code: str) -> str:
    """An assumption of the federation in words."""
    return capfirst(spoken(code))


@register.filter
def scenario_told(scenario: Scenario) -> str:
    """What it is about, in the language in force."""
    return scenario.told(get_language() or "fr")


@register.filter
def scenario_source(scenario: Scenario) -> str:
    """Where it is written, in the language in force."""
    return scenario.sourced(get_language() or "fr")


@register.filter
def parameter_label(parameter: Parameter, code: str) -> str:
    """What must be chosen, in the language in force; its code where nobody named it."""
    return parameter.titled(code)
