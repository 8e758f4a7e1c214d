"""The rows of the federation app, by noun."""

from backoffice.federation.audit.entries import AuditEntry, AuditSeal
from backoffice.federation.models.access import Consent, FederationMember, Membership
from backoffice.federation.models.collections import Collection, Participation
from backoffice.federation.models.figures import FigureEntry, FigureVerification
from backoffice.federation.models.identities import Identity
from backoffice.federation.models.jobs import Job, JobStep
from backoffice.federation.models.looks import ConsentUse
from backoffice.federation.models.organisations import (
    Approval,
    ApprovedPosition,
    Organisation,
    Site,
    validate_enterprise_number,
)
from backoffice.federation.models.preferences import Preference
from backoffice.federation.models.stored_files import StoredFile
from backoffice.federation.models.tasks import Task
from backoffice.federation.models.volumes import ActivityVolume

__all__ = [
    "ActivityVolume",
    "Approval",
    "ApprovedPosition",
    "AuditEntry",
    "AuditSeal",
    "Collection",
    "Consent",
    "ConsentUse",
    "FederationMember",
    "FigureEntry",
    "FigureVerification",
    "Identity",
    "Job",
    "JobStep",
    "Membership",
    "Organisation",
    "Participation",
    "Preference",
    "Site",
    "StoredFile",
    "Task",
    "validate_enterprise_number",
]
