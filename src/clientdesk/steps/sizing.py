"""An estimate by itself: of an audit that is kept, or of one in a file, with what experience says."""

from __future__ import annotations

from dataclasses import dataclass

from clientdesk.documents.audit_causes import causes_in
from clientdesk.domain.estimating import Estimate, estimate
from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.desk import Desk
from clientdesk.steps.looking_up import audit_named
from clientdesk.steps.pricing import effort_rules, estimate_of, factors_of


@dataclass(frozen=True, slots=True)
class Sized:
    repository: str
    commit: str
    estimate: Estimate


def size_kept(desk: Desk, audit: str) -> Sized:
    """Of a kept audit, named by its id or the id's beginning."""
    report = kept_audit(desk, audit_named(desk.store, audit).id)
    return Sized(report.repository, report.commit, estimate_of(desk.agency, [report], factors_of(desk.store)))


def size_file(desk: Desk, content: bytes, name: str) -> Sized:
    """Of the file that `clientdesk audit --format json` wrote."""
    audit = causes_in(content, name)
    estimated = estimate(audit.causes, effort_rules(desk.agency), factors_of(desk.store))
    return Sized(audit.repository, audit.commit, estimated)
