"""The audit trail: every change of an `Audited` row says who, when, what, before, after and why."""

from backoffice.federation.audit.acting import acting, because
from backoffice.federation.audit.audited import Audited

__all__ = ["Audited", "acting", "because"]
