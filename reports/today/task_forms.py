"""What is typed of a task: what to do, by when, for whom, about which page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.federation.fields import plausible_day
from backoffice.federation.models import Organisation
from backoffice.federation.services.tasks import Wish, people_of
from backoffice.web.days import DAY_FORMATS, DayInput
from reports.today.subjects import subjects_of

PersonChoice = tuple[int, str]


def people_choices(organisation: Organisation) -> list[PersonChoice]:
    """Who may be given a task, by name; one query."""
    return [(one.pk, one.get_full_name() or one.get_username()) for one in people_of(organisation)]


class TaskForm(forms.Form):
    """What to do, by when, who, and the page that it is about."""

    text = forms.CharField(label=_("À faire"), max_length=250)
    due_on = forms.DateField(
        label=_("Pour le"),
        required=False,
        validators=[plausible_day],
        input_formats=DAY_FORMATS,
        widget=DayInput,
    )
    assigned_to = forms.TypedChoiceField(label=_("Pour"), coerce=int)
    about = forms.ChoiceField(label=_("À propos de"), required=False)

    def __init__(
        self, organisation: Organisation, today: date, data: Any = None, **options: Any
    ) -> None:
        super().__init__(data, auto_id="tache-%s", **options)
        subjects = subjects_of(organisation, today)
        self._words = {address: words for _kind, found in subjects for address, words in found}
        offered = {
            "assigned_to": people_choices(organisation),
            "about": [
                ("", _("rien en particulier")),
                *((kind, one) for kind, one in subjects if one),
            ],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices

    @property
    def wish(self) -> Wish:
        """What a valid form asks for."""
        data = self.cleaned_data
        about = data["about"]
        return Wish(data["text"], data["due_on"], about, self._words.get(about, "")[:_MOST_WORDS])


_MOST_WORDS = 120


class HandOverForm(forms.Form):
    """Whom a task is given to."""

    to = forms.TypedChoiceField(label=_("Confier à"), coerce=int)

    def __init__(self, people: Sequence[PersonChoice], number: int, data: Any = None) -> None:
        super().__init__(data, auto_id=f"tache-{number}-%s")
        field: Any = self.fields["to"]
        field.choices = people
