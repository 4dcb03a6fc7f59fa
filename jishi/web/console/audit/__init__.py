"""The audit at the desk: what each member did, and how each came in."""

from jishi.web.console.audit.page import audit

AUDIT = (audit,)

__all__ = ["AUDIT"]
