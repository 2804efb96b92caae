"""Asks several tools for reports of one kind: one that fails costs its own report alone."""

from __future__ import annotations

from collections.abc import Iterable

from clientdesk.audit.repository import Report, Repository, ToolFailed, ToolKey


def asked(repository: Repository, keys: Iterable[ToolKey[Report]]) -> tuple[list[Report], tuple[str, ...]]:
    """What they said, and a sentence for each that failed; raises `ToolFailed` if every one did."""
    reports: list[Report] = []
    failures: list[ToolFailed] = []
    for key in keys:
        try:
            reports.append(repository.tool(key))
        except ToolFailed as failure:
            failures.append(failure)
    if failures and not reports:
        raise failures[0]
    return reports, tuple(f"{failure.tool.name}: {failure.reason}" for failure in failures)
