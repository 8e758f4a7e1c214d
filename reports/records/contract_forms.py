"""The form of a contract line: known scales and columns, one line of a worker on any day."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.engine.periods import Period
from backoffice.figures.pay_scales import pay_scales
from backoffice.web.templatetags.labels import label
from reports.records.forms import NONE, RecordForm
from reports.records.options import touching
from staffing.models import ContractLine

EARLIEST_SENIORITY = date(1940, 1, 1)
_COMMITTEE = re.compile(r"[123]\d\d(\.\d\d){0,2}", re.ASCII)


class ContractLineForm(RecordForm):
    """A contract line; seniority may go back to 1940.

    A scale or a column that our tables lack is known as soon as the workbook of the employer has
    brought it.
    """

    earliest: ClassVar[Mapping[str, date]] = {"seniority_on": EARLIEST_SENIORITY}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "scale" in self.fields:
            codes = sorted({*pay_scales(), *(scale for scale, _column in self._used())})
            choices = [("", NONE), *((code, code) for code in codes)]
            self.fields["scale"] = forms.ChoiceField(
                label=self.fields["scale"].label,
                choices=choices,
                error_messages={"invalid_choice": gettext_lazy("Choisissez dans la liste.")},
            )

    def _used(self) -> set[tuple[str, str]]:
        """The scales of the employer's contracts, with their columns."""
        lines = ContractLine.objects.filter(worker__organisation=self.organisation)
        return set(lines.order_by().values_list("scale", "scale_column").distinct())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        changed = set(self.changed)
        committee = data.get("joint_committee", "")
        if "joint_committee" in changed and not _COMMITTEE.fullmatch(committee):
            self.add_error(
                "joint_committee",
                _("Écrivez le numéro de la commission paritaire, comme 329.02 ou 332.00.20."),
            )
        if changed & {"scale", "scale_column"}:
            self._check_column(data.get("scale"), data.get("scale_column"))
        if changed & {"worker", "starts_on", "ends_on"}:
            self._check_days(data)
        return data

    def _check_column(self, scale: str | None, column: str | None) -> None:
        """The column is one of the scale, as printed or as the employer's contracts have it."""
        if not scale or not column:
            return
        printed = pay_scales()[scale].columns if scale in pay_scales() else ()
        used = {one for known, one in self._used() if known == scale}
        if column in used or column in {one.slug for one in printed} or not printed:
            return
        listed = _(" ; ").join(f"{one.slug} ({label(one.label)})" for one in printed)
        self.add_error(
            "scale_column",
            _("« %(text)s » n'est pas une colonne de ce barème : %(listed)s.")
            % {"text": column, "listed": listed},
        )

    def _check_days(self, data: Mapping[str, Any]) -> None:
        """A worker has one contract line on any day, as the workbook asks too."""
        worker, first, last = (data.get(name) for name in ("worker", "starts_on", "ends_on"))
        if worker is None or first is None or (last is not None and last < first):
            return
        lines = worker.contract_lines.filter(touching(Period.inclusive(first, last)))
        other = lines.exclude(pk=self.instance.pk).exclude(starts_on=first).first()
        if other is not None:
            self.add_error(
                "starts_on",
                _(
                    "Ce travailleur a déjà la ligne de contrat du %(start)s à ces dates : "
                    "terminez-la la veille."
                )
                % {"start": f"{other.starts_on:%d/%m/%Y}"},
            )
