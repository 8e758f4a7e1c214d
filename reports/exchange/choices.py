"""The closed lists of the workbook: code -> French label, as the cells show them."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import ApprovedPosition, Organisation, Site
from backoffice.federation.vocabulary import (
    ApprovalKind,
    Diploma,
    FigureStatus,
    Function,
    Mission,
    VolumeUnit,
)
from backoffice.figures.vocabulary import expense_categories
from grants.models import Application, BudgetLine, Instalment
from grants.scheme import schemes
from grants.terms import TERMS
from invoices.models import Nature
from staffing.models import ContractLine, WorkerDocument

REGIMES = MappingProxyType(
    {
        "private_m1": _("Privé, mois qui suit le dépassement"),
        "private_m2": _("Privé, deuxième mois après le dépassement"),
        "public": _("Secteur public"),
        "benefits": _("Prestations sociales"),
        "annual_cp200": _("CP 200, indexation annuelle"),
    }
)


def _labels(kind: type[TextChoices]) -> dict[str, str]:
    return {str(member.value): str(member.label) for member in kind}


def _statuses() -> dict[str, str]:
    labels = _labels(FigureStatus)
    labels.pop(FigureStatus.MISSING)
    return labels


_LISTS: Mapping[str, Callable[[], dict[str, str]]] = MappingProxyType(
    {
        "legal_forms": lambda: _labels(Organisation.LegalForm),
        "approval_kinds": lambda: _labels(ApprovalKind),
        "position_origins": lambda: _labels(ApprovedPosition.Origin),
        "site_kinds": lambda: _labels(Site.Kind),
        "schemes": lambda: {s.code: s.label["fr"] for s in schemes().values()},
        "terms": lambda: {term.code: term.fr for term in TERMS.values()},
        "statuses": _statuses,
        "functions": lambda: _labels(Function),
        "diplomas": lambda: _labels(Diploma),
        "instalment_kinds": lambda: _labels(Instalment.Kind),
        "contract_kinds": lambda: _labels(ContractLine.Kind),
        "contract_statuses": lambda: _labels(ContractLine.Status),
        "document_kinds": lambda: _labels(WorkerDocument.Kind),
        "regimes": lambda: {code: str(label) for code, label in REGIMES.items()},
        "categories": lambda: {c.code: c.label["fr"] for c in expense_categories().values()},
        "application_states": lambda: _labels(Application.State),
        "budget_natures": lambda: _labels(BudgetLine.Nature),
        "missions": lambda: _labels(Mission),
        "natures": lambda: _labels(Nature),
        "volume_units": lambda: _labels(VolumeUnit),
    }
)
NAMES = tuple(_LISTS)


@cache
def choices(name: str) -> Mapping[str, str]:
    """The entries of one list, in the order in which they are shown.

    Raises:
        KeyError: there is no such list.
    """
    with translation.override("fr"):
        return MappingProxyType(_LISTS[name]())
