"""What a reader calls that which a change is about: a scheme, awards, reference values."""

from django.utils.translation import gettext as _

from backoffice.web.templatetags.labels import said
from grants.scheme import general_figures, schemes

EVERY = "*"
_RATIO = "ratio"


def scheme_name(code: str) -> str:
    """The name of a scheme, its code where there is none."""
    found = schemes().get(code)
    return said(found.label) if found else code


def award_name(target: str) -> str:
    """The awards that a change is about."""
    if target == EVERY:
        return _("toutes les subventions")
    if target.startswith("scheme:"):
        return _("les subventions « %s »") % scheme_name(target.removeprefix("scheme:"))
    return _("la subvention %s") % target


def figure_name(target: str) -> str:
    """The reference values that a change is about."""
    code = target.removesuffix(".*")
    if target.endswith(".*"):
        return _("les valeurs « %s »") % scheme_name(code)
    return _("la valeur « %s »") % value_label(code)


def value_label(code: str) -> str:
    """The name of a reference value, its code where there is none."""
    found = general_figures().get(code)
    return said(found.label) if found else code


def is_rate(code: str) -> bool:
    """Whether a reference value is a part of a whole, written in per cent."""
    found = general_figures().get(code)
    return found is not None and found.unit == _RATIO
