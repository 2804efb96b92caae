"""Every check there is, in the order of the report."""

from __future__ import annotations

from clientdesk.audit.check import Check
from clientdesk.audit.checks import (
    activity,
    ci,
    complexity,
    containers,
    data_smells,
    dependencies,
    freshness,
    hotspots,
    knowledge,
    lockfiles,
    monitoring,
    runtime,
    secret_files,
    secrets,
    security,
    structure,
)

CHECKS: tuple[Check, ...] = (
    secrets.CHECK,
    secret_files.CHECK,
    security.CHECK,
    dependencies.CHECK,
    freshness.CHECK,
    runtime.CHECK,
    lockfiles.CHECK,
    complexity.CHECK,
    hotspots.CHECK,
    data_smells.CHECK,
    ci.CHECK,
    containers.CHECK,
    monitoring.CHECK,
    structure.CHECK,
    activity.CHECK,
    knowledge.CHECK,
)
