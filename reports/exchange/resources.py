"""One resource per sheet: canonical rows to stored rows and back, in bulk, by natural key."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.results import RowResult
from tablib import Dataset

from backoffice.federation.models import Organisation
from reports.exchange.columns import Column, Sheet, Value
from reports.exchange.fields import Link, field_for
from reports.exchange.known import Key, Known, key_of
from reports.exchange.outcome import Change, Example, display, example

MOST_EXAMPLES = 3
"""New rows of each sheet that a look shows."""


class KnownLoader(BaseInstanceLoader):  # type: ignore[misc]
    """Finds the stored row of a workbook row in memory."""

    def get_instance(self, row: Mapping[str, Value]) -> Model | None:
        """The stored row with the same natural key, None for a new one."""
        resource: SheetResource = self.resource
        return resource.known.get(resource.sheet.code, key_of(resource.sheet, row))


class QuietResult(RowResult):  # type: ignore[misc]
    """The result of a row, without a copy of what the row says."""

    def add_instance_info(self, instance: Model) -> None:
        """Nothing: the outcome is kept by natural key."""


class SheetResource(ModelResource):  # type: ignore[misc]
    """Maps the rows of one sheet; remembers what happened to each and every value changed.

    `owner` is the lookup from the model to the organisation, `paths` the way to a value that the
    model does not hold itself; `rows` are the stored rows as canonical ones and `outcomes` the
    kind of result, both by natural key.
    """

    sheet: ClassVar[Sheet]
    owner: ClassVar[str]
    paths: ClassVar[Mapping[str, str]] = {}
    skipped: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        fields = ()
        instance_loader_class = KnownLoader
        use_bulk = True
        batch_size = None
        use_transactions = False
        skip_diff = True
        clean_model_instances = False

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.known = known
        self.rows: dict[Key, dict[str, Value]] = {}
        self.outcomes: dict[Key, str] = {}
        self.changes: list[Change] = []
        self.examples: list[Example] = []
        self.fields = self.build_fields()
        self._fields: list[Field] = list(self.fields.values())
        self._written = [field for field in self._fields if not field.readonly]
        self._before: dict[str, Value] = {}
        self._changed: set[str] = set()

    @property
    def model(self) -> Any:
        """The model that holds the rows."""
        return self._meta.model

    def build_fields(self) -> dict[str, Field]:
        """One field per column that this resource stores."""
        return {
            column.code: field_for(column, self.model, self.paths.get(column.code, ""))
            for column in self.sheet.columns
            if column.code not in self.skipped
        }

    def stored(self, organisation: Organisation, year: int) -> QuerySet[Any]:
        """The stored rows among which a workbook of that year may find its own."""
        found: QuerySet[Any] = self.model.objects.filter(**{self.owner: organisation})
        return found

    def load(self, year: int) -> None:
        """Make the stored rows known: one query, links made in memory."""
        if self.known.organisation is None:
            return
        links = {f.attribute: f.widget.sheet for f in self._fields if isinstance(f.widget, Link)}
        stored = list(self.stored(self.known.organisation, year))
        self.known.hold(self.sheet.code, stored)
        for instance in stored:
            for name, sheet in links.items():
                linked = self.known.by_id(sheet, getattr(instance, f"{name}_id"))
                if linked is not None:
                    setattr(instance, name, linked)
            row = self.row_of(instance)
            key = key_of(self.sheet, row)
            self.rows[key] = row
            self.known.add(self.sheet.code, key, instance)

    def row_of(self, instance: Model) -> dict[str, Value]:
        """The canonical row of a stored row."""
        return {field.column_name: field.export(instance) for field in self._fields}

    def store(self, rows: Sequence[Mapping[str, Value]]) -> None:
        """Create or update the rows in bulk; unchanged ones are left alone.

        Raises:
            import_export.exceptions.ImportError: the database refused a row.
        """
        headers = [field.column_name for field in self._fields]
        dataset = Dataset(headers=headers)
        for row in rows:
            dataset.append([row.get(header) for header in headers])
        self.import_data(dataset, raise_errors=True, known=self.known)

    @classmethod
    def get_row_result_class(cls) -> type[QuietResult]:
        """A result that keeps no personal data."""
        return QuietResult

    def get_import_fields(self) -> list[Field]:
        """The fields that a row may change, worked out once."""
        return self._written

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Put the values of a row on an instance; what cannot be is told as the library does."""
        try:
            for field in self._written:
                field.save(instance, row, **kwargs)
        except ValueError:
            super().import_instance(instance, row, **kwargs)

    def get_import_id_fields(self) -> tuple[str, ...]:
        """The natural key."""
        return self.sheet.key

    def get_bulk_update_fields(self) -> list[str]:
        """The model's own fields that at least one row changes."""
        return [name for code in sorted(self._changed) for name in self.held_in(code)]

    def held_in(self, code: str) -> tuple[str, ...]:
        """The model fields that hold a column."""
        return (str(self.fields[code].attribute),)

    def init_instance(self, row: Any = None) -> Any:
        """A new row of the employer."""
        if self.owner == "organisation":
            return self.model(organisation=self.known.organisation)
        return self.model()

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:  # noqa: FBT001
        """Remember what a stored row said."""
        self._before = {} if new else self.rows[key_of(self.sheet, row)]

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """Skip a stored row that the workbook repeats; note each value that it changes."""
        if not self._before or import_validation_errors:
            return False
        after = self.row_of(instance)
        differing = [code for code, value in after.items() if value != self._before[code]]
        self._changed.update(differing)
        for code in differing:
            self.note_change(row, code, self._before[code], after[code])
        return not differing

    def column_of(self, row: Mapping[str, Value], code: str) -> Column:
        """The column under which people look for a value of a row."""
        return self.sheet.column(code)

    def note_change(self, row: Mapping[str, Value], code: str, before: Value, after: Value) -> None:
        """Remember one value that differs."""
        column = self.column_of(row, code)
        month = row.get("month")
        self.changes.append(
            Change(
                sheet=self.sheet.title,
                who=str(row.get(self.sheet.who) or ""),
                month=f"{month:%Y-%m}" if isinstance(month, date) else "",
                field=column.header,
                before=display(column, before),
                after=display(column, after),
            )
        )

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Make a new row known to the sheets that follow, and keep the first ones to show."""
        self.known.add(self.sheet.code, key_of(self.sheet, row), instance)
        if not self._before and len(self.examples) < MOST_EXAMPLES:
            self.examples.append(example(self.sheet, self.row_of(instance)))

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Nothing: the library would set the sequence of keys to the highest one that it sees.

        We import no key, and another import that is not committed yet has taken higher ones:
        PostgreSQL would give them a second time.
        """

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Remember what happened to the row."""
        self.outcomes[key_of(self.sheet, row)] = row_result.import_type
