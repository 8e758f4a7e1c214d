"""The rows of the federation app, by noun."""

from backoffice.federation.models.figures import FigureEntry, FigureVerification
from backoffice.federation.models.jobs import Job, JobStep
from backoffice.federation.models.organisations import (
    Approval,
    ApprovedPosition,
    Membership,
    Organisation,
    Site,
    validate_enterprise_number,
)
from backoffice.federation.models.volumes import ActivityVolume

__all__ = [
    "ActivityVolume",
    "Approval",
    "ApprovedPosition",
    "FigureEntry",
    "FigureVerification",
    "Job",
    "JobStep",
    "Membership",
    "Organisation",
    "Site",
    "validate_enterprise_number",
]
