"""The audit trail: every change of an `Audited` row says who, when, what, before, after and why.

A model inherits `Audited`; its rows are then recorded whatever writes them. `acting` says who acts
and `because` why: the middleware, the jobs and the commands have said who already.
"""

from backoffice.federation.audit.acting import acting, because
from backoffice.federation.audit.audited import Audited, AuditedManager, AuditedQuerySet

__all__ = ["Audited", "AuditedManager", "AuditedQuerySet", "acting", "because"]
