"""The form of a record: tolerant fields, choices of its own organisation, errors at their field."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.forms.fields import Field
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backoffice.federation.fields import FIRST_DAY
from backoffice.federation.identities.named import Named
from backoffice.federation.models import Organisation
from backoffice.federation.rows import rows_of, table_of
from invoices.models import Partner
from reports.records.fields import DayField, EuroField, NumberField, WholeField
from reports.records.record import Options

Links = Callable[[type[models.Model]], tuple[Any, Callable[[Any], str]]]
"""The rows of the organisation in a table that a field points to, and how one of them is named."""
REASON_LENGTH = 250
NAME_LENGTH = 150
NONE = "\u2013"
_PROPERTIES = ("version", "reason")
_SAID = {"required": _("À remplir."), "invalid_choice": _("Choisissez dans la liste.")}


class LinkField(forms.ModelChoiceField[Any]):
    """A row of the organisation, named as its record names it."""

    named: Callable[[Any], str] | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(empty_label=NONE, **options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj) if self.named is None else self.named(obj)


class RecordForm(forms.ModelForm[Any]):
    """One row, as people type it; `version` is the row that they saw."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Motif du changement"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Il reste dans l'historique de la ligne."),
    )
    explains_new = False
    """Whether a new row says why too."""
    of_some = False
    """Whether it may ask some fields only."""
    earliest: ClassVar[Mapping[str, date]] = {}
    well_typed = False
    """Whether each field was read, before the rules of the table were asked."""

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        links: Links,
        options: Mapping[str, Callable[[], Options]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.organisation = organisation
        self._tell_instance()
        for name, choices in options.items():
            if name in self.fields:
                self.fields[name] = _choice(self.fields[name], choices, self.initial.get(name))
        for name, field in self.fields.items():
            field.error_messages |= _SAID
            if isinstance(field, forms.TypedChoiceField):
                known: Any = field.choices
                field.choices = [(code, words if code else NONE) for code, words in known]
            if isinstance(field, LinkField) and field.queryset is not None:
                field.queryset, field.named = links(field.queryset.model)
            if isinstance(field, DayField) and name in self.earliest:
                field.earliest = self.earliest[name]
        if self.instance.pk is None and not self.explains_new:
            del self.fields["reason"]

    def _tell_instance(self) -> None:
        """Say whose row it is, and read the name of the person that it is about."""
        model = self._meta.model
        if any(field.name == "organisation" for field in table_of(model).fields):
            self.instance.organisation = self.organisation
        if (named := named_as(model)) in self.fields:
            self.initial.setdefault(named, getattr(self.instance, named))

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields of the row, in order."""
        return [self[name] for name in self.fields if name not in _PROPERTIES and self.is_own(name)]

    def is_own(self, _name: str) -> bool:
        """Whether a field is shown with those of the row."""
        return True

    def is_same(self, _row: Any) -> bool:
        """Whether a row whose fields are the same holds all that the form says."""
        return True

    def doubts(self) -> Iterator[str]:
        """What a row that is kept may have got wrong, in sentences."""
        return iter(())

    @property
    def changed(self) -> list[str]:
        """What differs from the row, by field."""
        return [name for name in self.changed_data if name not in _PROPERTIES]

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        """The fields with an error, in the order of the page."""
        return [self[name] for name in self.fields if name in self.errors]

    def add_error(self, field: str | None, error: Any) -> None:
        """Put an error at its field, or above the form when the form does not ask that field."""
        super().add_error(field if field in self.fields else None, error)

    def store(self, keep: Callable[..., Any]) -> Any:
        """Have the row kept by a service."""
        return keep(row=self.instance, version=self.cleaned_data["version"])

    def _get_validation_exclusions(self) -> set[str]:
        """Rules of the whole table hold too: the organisation is known, if not asked."""
        return super()._get_validation_exclusions() - {"organisation"}  # type: ignore[misc,no-any-return]

    def _post_clean(self) -> None:
        """Put what a rule of the table says next to the field that breaks it."""
        self.well_typed = not self.errors
        named = named_as(self._meta.model)
        if named in self.cleaned_data:
            setattr(self.instance, named, self.cleaned_data[named])
        super()._post_clean()  # type: ignore[misc]
        general = self.errors.pop(NON_FIELD_ERRORS, None)
        for message in general or ():
            field = self._field_of(str(message))
            self.add_error(field if field not in self.errors else None, message)

    def _field_of(self, message: str) -> str | None:
        for rule in table_of(self._meta.model).constraints:
            if str(rule.violation_error_message) == message:
                names = [name for name in _names(rule) if name in self.fields]
                return names[-1] if names else None
        return None


def _names(rule: Any) -> Iterator[str]:
    """The fields that a constraint speaks of."""
    if isinstance(rule, UniqueConstraint):
        yield from rule.fields
    elif isinstance(rule, CheckConstraint):
        yield from _leaves(rule.condition)


def _leaves(condition: Any) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _leaves(child)
        else:
            yield child[0].partition("__")[0]


def _choice(field: Field, choices: Callable[[], Options], current: Any) -> forms.ChoiceField:
    """A closed list over a field of text; a value that it no longer holds stays possible."""
    known = list(choices())
    if current and current not in {code for code, _words in known}:
        known.append((current, current))
    return forms.ChoiceField(
        label=field.label, required=field.required, choices=[("", NONE), *known]
    )


def named_as(model: type[models.Model]) -> str:
    """The property that holds the name of the person that a row is about; empty for other rows."""
    return str(model.named_as) if issubclass(model, Named) else ""


def name_field(model: type[models.Model]) -> forms.CharField:
    """The form field of that name; a supplier or a customer has one, whatever its nature."""
    if issubclass(model, Partner):
        label = table_of(model).get_field("firm").verbose_name
        return forms.CharField(label=label[:1].upper() + label[1:], max_length=NAME_LENGTH)
    column = table_of(model).get_field("identity")
    label = _("Personne") if column.blank else _("Nom")
    return forms.CharField(label=label, required=not column.blank, max_length=NAME_LENGTH)


def field_for(column: Any, **options: Any) -> Field | None:
    """The form field of a column of the database."""
    made: dict[str, Any] = {
        "label": column.verbose_name[:1].upper() + column.verbose_name[1:],
        "required": not column.blank,
        "help_text": column.help_text,
    }
    if isinstance(column, models.ForeignKey):
        return LinkField(queryset=rows_of(column.related_model).all(), **_linked(column, made))
    if isinstance(column, MoneyField):
        return EuroField(max_digits=column.max_digits, decimal_places=column.decimal_places, **made)
    if isinstance(column, models.DecimalField):
        return NumberField(
            max_digits=column.max_digits, decimal_places=column.decimal_places, **made
        )
    if isinstance(column, models.DateField):
        return DayField(earliest=FIRST_DAY, **made)
    if isinstance(column, models.PositiveSmallIntegerField):
        return WholeField(year=column.name == "year", **made)
    field: Field | None = column.formfield(**options)
    if field is not None:
        field.label = made["label"]
    return field


def _linked(column: Any, made: dict[str, Any]) -> dict[str, Any]:
    """A link without a name of its own has that of its table."""
    name = str(column.verbose_name)
    if name == column.name.replace("_", " "):
        name = str(_LINKS.get(column.name, table_of(column.related_model).verbose_name))
    return {**made, "label": name[:1].upper() + name[1:]}


_LINKS = {"replaces": _("remplace")}
