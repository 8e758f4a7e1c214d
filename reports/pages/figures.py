"""The pages of the reference values: the doubtful ones, then one figure with all its values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.engine.figures import Figure, Figures, FigureValue
from backoffice.federation.models import FigureEntry
from backoffice.web.folding import fold
from backoffice.web.templatetags.labels import said
from grants.freshness import REASONS, Doubt, doubts, family_of
from grants.scheme import schemes
from reports.documents.words import figure_amount, unit_text

PAGE = 50
WORDS: Mapping[str, Any] = {
    "missing": gettext_lazy("manquante"),
    "year_over": gettext_lazy("d'une année passée"),
    "stale": gettext_lazy("à revérifier"),
    "forecast": gettext_lazy("prévision"),
    "to_confirm": gettext_lazy("à confirmer"),
}
_COUNTED: Mapping[str, Any] = {
    **WORDS,
    "missing": gettext_lazy("manquantes"),
    "forecast": gettext_lazy("prévisions"),
}
TONES = {"missing": "error", "year_over": "warning", "stale": "warning", "forecast": "error"}


class FiguresForm(forms.Form):
    """What is asked of the list; what cannot be read is left aside."""

    texte = forms.CharField(label=gettext_lazy("Chercher"), required=False, max_length=100)
    famille = forms.ChoiceField(label=gettext_lazy("Régime ou famille"), required=False)
    etat = forms.ChoiceField(label=gettext_lazy("État"), required=False)

    def __init__(self, data: QueryDict, groups: Mapping[str, str]) -> None:
        super().__init__(data, auto_id="liste-%s")
        self.address = data
        self._offer("famille", list(groups.items()), _("Toutes"))
        self._offer("etat", list(WORDS.items()), _("Tous"))
        self.is_valid()

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]], none: str) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", none), *choices]

    def asked(self, name: str) -> str:
        """What is asked under a name; nothing is an empty text."""
        return str(self.cleaned_data.get(name) or "")

    @property
    def is_narrowed(self) -> bool:
        """Some filter is set."""
        return any(self.asked(name) for name in self.fields)

    @property
    def cleared(self) -> str:
        """The address of the list without any filter."""
        return "?"

    @property
    def query(self) -> str:
        """The address of the list, from its first page."""
        data = self.address.copy()
        data.pop("page", None)
        return f"?{data.urlencode()}"


@dataclass(frozen=True)
class ValueLine:
    """One value of a list: what it is, why it is doubtful, and when it was last verified.

    `entry` is what a user filled in, None for a value of ours.
    """

    figure: Figure
    value: FigureValue
    group: str
    text: str
    reasons: tuple[tuple[str, str], ...]
    verified: date | None
    entry: FigureEntry | None = None

    @property
    def age(self) -> tuple[tuple[str, str], ...]:
        """The doubts that its status does not tell already."""
        told = str(WORDS[self.value.status]) if self.value.status in WORDS else ""
        return tuple(reason for reason in self.reasons if reason[1] != told)


@dataclass(frozen=True)
class DoubtfulPage:
    """Fifty doubtful values of those asked for, and how many there are of each kind."""

    form: FiguresForm
    page: Page[Doubt]
    lines: tuple[ValueLine, ...]
    counts: tuple[tuple[str, str, int], ...]


def doubtful_page(figures: Figures, day: date, data: QueryDict) -> DoubtfulPage:
    """The doubtful values that the address asks for, the worst first."""
    found = list(doubts(figures, day))
    groups = {group_of(doubt.code): "" for doubt in found}
    form = FiguresForm(data, {code: group_label(code) for code in sorted(groups, key=group_label)})
    kept = [doubt for doubt in found if _asked(doubt, form)]
    kept.sort(key=lambda doubt: REASONS.index(doubt.reasons[0]))
    page = Paginator(kept, PAGE).get_page(data.get("page"))
    counts = tuple(
        (reason, str(_COUNTED[reason]), sum(reason in doubt.reasons for doubt in found))
        for reason in REASONS
    )
    return DoubtfulPage(form, page, tuple(_line(doubt) for doubt in page), counts)


def lines_of(
    figure: Figure, day: date, entries: Mapping[tuple[date, date | None], FigureEntry]
) -> list[ValueLine]:
    """Every value of a figure, the newest first, doubtful or not, with who filled it in."""
    doubtful = {doubt.value: doubt for doubt in doubts(Figures([figure]), day)}
    return [
        replace(
            _line(doubtful.get(value, Doubt(figure, value, ()))),
            entry=entries.get((value.since, value.decided)),
        )
        for value in reversed(figure.values)
    ]


def group_of(code: str) -> str:
    """The scheme of a figure, or its family when it is a general one."""
    first = code.partition(".")[0]
    return first if first in schemes() else said(family_of(code).label)


def group_label(group: str) -> str:
    """The name of a scheme or of a family."""
    return said(schemes()[group].label) if group in schemes() else group


def _line(doubt: Doubt) -> ValueLine:
    figure, value = doubt.figure, doubt.value
    text = _("inconnue") if value.value is None else figure_amount(value.text, figure.unit)
    return ValueLine(
        figure=figure,
        value=value,
        group=group_label(group_of(figure.code)),
        text=text if value.value is not None else f"{text} ({unit_text(figure.unit)})",
        reasons=tuple(
            (TONES.get(reason, "warning"), str(WORDS[reason])) for reason in doubt.reasons
        ),
        verified=value.source.verified,
    )


def _asked(doubt: Doubt, form: FiguresForm) -> bool:
    whole = fold(f"{doubt.code} {said(doubt.figure.label)} {doubt.figure.label['nl']}") or ""
    return (
        all(word in whole for word in (fold(form.asked("texte")) or "").split())
        and form.asked("famille") in {"", group_of(doubt.code)}
        and (not form.asked("etat") or form.asked("etat") in doubt.reasons)
    )
