"""What leaves the house and what came in: justifications, their way to the funder, imports."""

from reports.evidence.link import EvidenceLink
from reports.models.funder_forms import FormCell, FunderForm
from reports.models.imports import WorkbookImport
from reports.models.justifications import FrozenFile, Justification, SignOff, VersionDamaged
from reports.models.scenarios import Assumption, ScenarioShare, StoredScenario
from reports.models.workflow import (
    Decision,
    DecisionLine,
    JustificationFile,
    Move,
    State,
)
from reports.people.register import PersonRequest
from reports.records.saved import SavedView

__all__ = [
    "Assumption",
    "Decision",
    "DecisionLine",
    "EvidenceLink",
    "FormCell",
    "FrozenFile",
    "FunderForm",
    "Justification",
    "JustificationFile",
    "Move",
    "PersonRequest",
    "SavedView",
    "ScenarioShare",
    "SignOff",
    "State",
    "StoredScenario",
    "VersionDamaged",
    "WorkbookImport",
]
