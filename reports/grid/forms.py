"""The plain form for one cell, where the browser runs no script."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.engine.periods import month_start
from reports.grid.asking import MOST_REASON
from reports.grid.cell_text import LONGEST
from reports.grid.content import Grid
from reports.grid.drafting import Edit

_CHOOSE = ("", "—")


class CellForm(forms.Form):
    """A worker, a post, a month, what holds then, and why."""

    worker = forms.TypedChoiceField(label=_("Travailleur"), coerce=int)
    post = forms.TypedChoiceField(label=_("Subvention et poste"), coerce=int)
    number = forms.TypedChoiceField(label=_("Mois"), coerce=int)
    value = forms.CharField(
        label=_("Part du contrat"),
        max_length=LONGEST,
        required=False,
        help_text=_("50, 12,5 ou 1/3 (en %), 19 h, ou 50@15:30 pour changer le 15 ; vide : rien."),
    )
    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)

    def offer(self, grid: Grid) -> None:
        """Let the form choose among the workers, posts and months of a grid."""
        workers = [(worker.pk, worker.words) for worker in grid.workers]
        months = [(month % 12 + 1, f"{month_start(month):%m/%Y}") for month in grid.months]
        posts = [(post.pk, post.words) for post in grid.posts]
        for name, offered in (("worker", workers), ("post", posts), ("number", months)):
            field: Any = self.fields[name]
            field.choices = [_CHOOSE, *offered]

    @property
    def reason_given(self) -> str:
        """The reason on one line."""
        return " ".join(self.cleaned_data["reason"].split())

    def edit(self, unit: str) -> Edit:
        """The edit that a valid form asks for."""
        data = self.cleaned_data
        return Edit(data["worker"], data["post"], data["number"], data["value"], unit)
