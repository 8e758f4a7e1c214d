"""The field of a day, as every form asks for one: typed, in the language of the page."""

from django import forms
from django.utils.translation import gettext_lazy as _

DAY_FORMATS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d")
"""How a day may be typed; the first is how it is shown."""


class DayInput(forms.DateInput):
    """A day in a plain field: the browser's own picker would speak the browser's language."""

    input_type = "text"

    def __init__(self) -> None:
        super().__init__(
            {
                "inputmode": "numeric",
                "autocomplete": "off",
                "placeholder": _("jj/mm/aaaa"),
                "class": "day",
            },
            DAY_FORMATS[0],
        )
