"""Every check there is, in the order of the report."""

from __future__ import annotations

from clientdesk.audit.check import Check
from clientdesk.audit.checks import complexity, dependencies, lockfiles, secret_files, security

CHECKS: tuple[Check, ...] = (
    secret_files.CHECK,
    security.CHECK,
    dependencies.CHECK,
    lockfiles.CHECK,
    complexity.CHECK,
)
