"""No model of ours escapes the trail."""

from typing import Any

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db.models import Model
from django.db.models.options import Options

from backoffice.federation.audit import Audited, AuditedQuerySet
from backoffice.federation.audit.owners import leads_to_organisation

OURS = ("federation", "grants", "staffing", "invoices", "reports")
UNAUDITED = {
    "federation.AuditEntry": "the trail itself",
    "federation.AuditSeal": "the chain of the trail",
    "federation.Job": "says by itself who asked what; what it writes is recorded",
    "federation.JobStep": "a step of a job",
}
MODELS = [model for app in OURS for model in apps.get_app_config(app).get_models()]


def meta(model: Any) -> Options[Any]:
    return model._meta  # noqa: SLF001


def label(model: type[Model]) -> str:
    return meta(model).label


def test_a_model_is_audited_or_named_here_with_a_reason() -> None:
    assert {label(model) for model in MODELS if not issubclass(model, Audited)} == set(UNAUDITED)


@pytest.mark.parametrize(
    "model", [model for model in MODELS if issubclass(model, Audited)], ids=label
)
def test_an_audited_model_says_where_it_belongs_and_what_it_hides(model: Any) -> None:
    managers = [*meta(model).managers, meta(model).base_manager]
    assert all(isinstance(manager.get_queryset(), AuditedQuerySet) for manager in managers)
    fields = {field.name for field in meta(model).concrete_fields}
    assert set(model.audit_hidden) <= fields
    assert meta(model).pk.get_internal_type() == "BigAutoField"
    assert leads_to_organisation(model)


def test_a_model_without_a_way_to_its_organisation_stops_the_start() -> None:
    class Lost(Audited):
        audit_organisation = "award__organisation"

        class Meta:
            app_label = "lost"
            apps = Apps()

    assert not leads_to_organisation(Lost)
    assert [error.id for error in Lost.check()] == ["audit.E001"]
