"""Every check there is, in the order of the report."""

from __future__ import annotations

from clientdesk.audit.check import Check

CHECKS: tuple[Check, ...] = ()
