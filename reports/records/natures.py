"""What a supplier or a customer is, in a list: a natural person, a firm, or nobody has said."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from invoices.models import Nature, Partner
from reports.pages.standing import State
from reports.records.options import fixed
from reports.records.record import Asked, Choice, Column

_UNSAID = "a-dire"
_WORDS = {
    Nature.FIRM.value: _("Société ou association"),
    Nature.PERSON.value: _("Personne physique"),
    _UNSAID: _("Nature à préciser"),
}


def nature_column(*, shown: bool = True) -> Column:
    """The nature in words; where nobody has said it, what is left to do."""
    return Column(
        "nature",
        _("Nature"),
        lambda row: _WORDS[row.nature] if row.nature else "",
        states=_states,
        shown=shown,
        width=24,
    )


def _states(row: Partner) -> tuple[State, ...]:
    return () if row.nature else (State("warning", str(_WORDS[_UNSAID])),)


def by_nature() -> Choice:
    """A filter by nature, or by what nobody has said."""
    return Choice("nature", _("Nature"), fixed(_WORDS.items()), _where)


def _where(value: str, _asked: Asked) -> Q:
    return Q(nature="" if value == _UNSAID else value)
