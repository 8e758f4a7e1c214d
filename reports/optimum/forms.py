"""What somebody accepts of the best allocation: lines, the years they were read in, and why."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.grid.asking import MOST_EDITS, MOST_REASON, Asked
from reports.optimum.proposal import edits_in

_NOT_OURS = _("Cette demande ne vient pas de la page : rechargez-la.")


class AcceptForm(forms.Form):
    """The lines ticked, with the versions of the workers' years as the page had read them."""

    line = forms.MultipleChoiceField(
        label=_("Lignes"), error_messages={"required": _("Cochez au moins une ligne.")}
    )
    versions = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Motif de la décision"),
        max_length=MOST_REASON,
        error_messages={"required": _("Écrivez pourquoi l'affectation change.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["line"]
        field.choices = [(value, value) for value in self.sent]

    @property
    def sent(self) -> list[str]:
        """The lines ticked, as the page sent them."""
        sent: Any = self.data
        return list(sent.getlist("line")) if self.is_bound else []

    def clean_line(self) -> list[str]:
        """The lines as edits can be read from them."""
        found: list[str] = self.cleaned_data["line"]
        try:
            count = sum(1 for _edit in edits_in(found))
        except ValueError as error:
            raise forms.ValidationError(_NOT_OURS) from error
        if count > MOST_EDITS:
            raise forms.ValidationError(_NOT_OURS)
        return found

    def clean_versions(self) -> dict[int, str]:
        try:
            sent = json.loads(self.cleaned_data["versions"])
            return {int(key): str(value) for key, value in sent.items()}
        except (ValueError, AttributeError, RecursionError) as error:
            raise forms.ValidationError(_NOT_OURS) from error

    def asked(self) -> Asked:
        """What the grid is asked to save."""
        data = self.cleaned_data
        reason = " ".join(data["reason"].split())
        return Asked(tuple(edits_in(data["line"])), data["versions"], {}, reason)
