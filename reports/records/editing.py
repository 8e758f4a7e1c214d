"""One row as people change it: its form, the reasons that are asked, and what a colleague did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.federation.audit import because
from backoffice.federation.models import Organisation
from backoffice.federation.rows import (
    ChangedMeanwhile,
    NotKept,
    keep_row,
    rows_of,
    table_of,
    version_of,
)
from backoffice.web.templatetags.money import day
from reports.records.all import BY_MODEL
from reports.records.forms import LinkField, RecordForm, field_for, name_field, named_as
from reports.records.record import Record
from reports.records.resting import FrozenDossier, frozen_on

FROZEN = gettext_lazy(
    "Une justification figée repose sur cette ligne : indiquez pourquoi elle change."
)


@dataclass(frozen=True)
class Difference:
    """One field on which a form and the row of now differ."""

    label: Any
    mine: str
    theirs: str


@dataclass(frozen=True)
class Conflict:
    """A colleague has changed the row meanwhile: what differs, and the version to answer to."""

    differences: tuple[Difference, ...]
    version: str


@dataclass(frozen=True)
class Editing:
    """A form, the frozen dossiers that rest on its row, and the row once it is kept."""

    form: RecordForm
    frozen: Sequence[FrozenDossier]
    kept: Any = None
    conflict: Conflict | None = None


def links_of(organisation: Organisation) -> Callable[[type[models.Model]], Any]:
    """The rows of an organisation in a table, and how each is named."""

    def links(model: type[models.Model]) -> Any:
        record = BY_MODEL[model]
        first = (record.order.removeprefix("-"),)
        names = [one.name for one in table_of(model).fields]
        order = [name for name in (*record.ties, *first) if name.split("__")[0] in names]
        return record.rows([organisation]).order_by(*order), record.title

    return links


def form_of(
    record: Record,
    organisation: Organisation,
    instance: Any,
    data: Any = None,
    fields: Sequence[str] = (),
) -> RecordForm:
    """The form of one row; `fields` are some of it only."""
    names, named = tuple(fields) or record.fields, named_as(record.model)
    base: Any = record.form or RecordForm
    if fields and not base.of_some:
        base = RecordForm
    if named in names:
        base = type(base.__name__, (base,), {named: name_field(record.model)})
    made: Any = forms.modelform_factory(
        record.model,
        form=base,
        fields=[name for name in names if name != named],
        formfield_callback=field_for,
    )
    form: RecordForm = made(
        data,
        instance=instance,
        organisation=organisation,
        links=links_of(organisation),
        options={} if record.options is None else record.options,
    )
    form.order_fields(names)
    if instance is not None and instance.pk is not None:
        form.initial["version"] = version_of(instance, record.owned)
    return form


@dataclass(frozen=True)
class Fact:
    """One field of a row, in words."""

    label: Any
    words: str


def facts_of(record: Record, organisation: Organisation, row: Any) -> list[Fact]:
    """The fields of a row in words, in the order of its form; blank ones are left out."""
    facts = []
    for name, field in form_of(record, organisation, row).fields.items():
        if name not in record.fields:
            continue
        value = field.prepare_value(getattr(row, name))
        if name in record.written:
            words = record.written[name](row)
        elif isinstance(field, LinkField):
            linked = getattr(row, name)
            words = "" if linked is None or field.named is None else field.named(linked)
        else:
            words = "" if value in field.empty_values else _said(field, value)
        if words:
            facts.append(Fact(field.label, words))
    return facts


def edit(record: Record, form: RecordForm, today: date, *, is_new: bool) -> Editing:
    """Keep the row of a form that was sent, or say at each field what is wrong.

    A second press of the button finds its row already kept, and nothing to do.
    """
    before = None if is_new else rows_of(record.model).get(pk=form.instance.pk)
    frozen = [] if before is None else frozen_on(record, before)
    if form.is_valid() and before is not None:
        _ask_reason(record, form, before, frozen, today)
    if is_new and (twin := _twin(record, form)) is not None:
        return Editing(form, frozen, twin)
    if form.errors:
        return Editing(form, frozen)
    try:
        with transaction.atomic(), because(form.cleaned_data.get("reason", "")):
            kept = form.store(partial(keep_row, owned=record.owned))
    except ChangedMeanwhile as error:
        return _meanwhile(record, form, frozen, error.current)
    except NotKept as error:
        form.instance.pk = None if is_new else form.instance.pk
        for problem in error.problems:
            form.add_error(None, problem)
        return Editing(form, frozen)
    return Editing(form, frozen, kept)


def _ask_reason(
    record: Record, form: RecordForm, before: Any, frozen: Sequence[FrozenDossier], today: date
) -> None:
    """A change that a past or a funder's paper holds says why."""
    if form.cleaned_data.get("reason") or not form.changed:
        return
    if why := why_asked(record, before, frozen, today):
        form.add_error("reason", why)


def why_asked(record: Record, row: Any, frozen: Sequence[FrozenDossier], today: date) -> Any:
    """Why a change of a stored row needs its reason; nothing when it needs none."""
    return FROZEN if frozen else record.explained and record.explained(row, today)


def _twin(record: Record, form: RecordForm) -> Any:
    """The row that an earlier press of the same button has already kept."""
    if not form.errors or not form.well_typed:
        return None
    named = named_as(record.model)
    asked = [name for name in record.fields if name != named]
    fields = [table_of(record.model).get_field(name) for name in asked]
    values = {field.name: field.value_from_object(form.instance) for field in fields}
    known = {name: value for name, value in values.items() if value is not None}
    blank = {f"{name}__isnull": True for name, value in values.items() if value is None}
    twin = record.rows([form.organisation]).filter(**known, **blank).first()
    if twin is None or (named and getattr(twin, named) != getattr(form.instance, named)):
        return None
    return twin if form.is_same(twin) else None


def _meanwhile(
    record: Record, form: RecordForm, frozen: Sequence[FrozenDossier], current: Any
) -> Editing:
    """What a colleague did: nothing to do where both say the same."""
    if current is None:
        form.add_error(
            None,
            _("Un collègue a supprimé cette ligne : recopiez ce qui suit dans une nouvelle."),
        )
        return Editing(form, frozen)
    theirs = form_of(record, form.organisation, current)
    differences = tuple(_differences(form, theirs))
    if not differences:
        return Editing(form, frozen, current)
    return Editing(form, frozen, conflict=Conflict(differences, version_of(current, record.owned)))


def _differences(mine: RecordForm, theirs: RecordForm) -> list[Difference]:
    found = []
    for name, field in mine.fields.items():
        if name not in theirs.fields or name in {"version", "reason"}:
            continue
        other = theirs.initial.get(name, theirs.fields[name].initial)
        if field.has_changed(other, mine[name].data):
            said = (_said(field, mine[name].data), _said(field, field.prepare_value(other)))
            found.append(Difference(mine[name].label, *said))
    return found


def _said(field: forms.Field, value: Any) -> str:
    """A value of a form in words."""
    if value in field.empty_values:
        return "\u2013"
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(words) for code, words in choices if str(code) == str(value)), "")
    return day(value) if isinstance(value, date) else str(value)
