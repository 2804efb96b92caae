"""From audits to a priced plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clientdesk.audit.registry import CHECKS
from clientdesk.audit.report import AuditReport
from clientdesk.audit.result import SEVERITY_ORDER, Finding, Severity
from clientdesk.documents.proposal import finding_id
from clientdesk.domain.agency import Agency
from clientdesk.domain.estimating import Actual, Cause, EffortRule, Estimate, Factor, calibrated, estimate
from clientdesk.domain.intake import IntroCall
from clientdesk.domain.pricing import Overruling, PriceList, Quote
from clientdesk.domain.recommending import need_of, recommend
from clientdesk.domain.standing_work import STANDING_EFFORT
from clientdesk.domain.vat import tax_for
from clientdesk.ports.store import Store

_URGENT = frozenset({Severity.CRITICAL, Severity.HIGH})
_SUPPORT_DATES = "runtime"


def effort_rules(agency: Agency) -> Mapping[str, EffortRule]:
    """The rules beside the checks and those of standing work, where agency.toml does not say otherwise."""
    of_checks = {rule.key: rule for check in CHECKS for rule in check.effort}
    return of_checks | {rule.key: rule for rule in STANDING_EFFORT} | dict(agency.effort)


def factors_of(store: Store) -> Mapping[str, Factor]:
    """What experience says: the factor of each kind of work that enough closed items speak for."""
    return calibrated([Actual(each.key, each.likely, each.spent) for each in store.actuals()])


def estimate_of(
    agency: Agency, reports: Sequence[AuditReport], factors: Mapping[str, Factor] | None = None
) -> Estimate:
    """What mending the findings of all these audits costs; one cause in two repositories is two pieces of work.

    `factors` as `factors_of` gives them; without any the rules stand alone.
    """
    causes = tuple(
        _cause(finding_id(each.id, place, len(reports)), each.finding, report.repository if len(reports) > 1 else "")
        for place, report in enumerate(reports, start=1)
        for each in report.findings
    )
    return estimate(causes, effort_rules(agency), factors)


def quote_of(
    agency: Agency,
    call: IntroCall,
    reports: Sequence[AuditReport],
    estimated: Estimate,
    overrulings: Sequence[Overruling] = (),
) -> Quote:
    """The plan by the agency's rule and what overrules it, priced, with its alternative.

    A VAT ID counts as unchecked until somebody has confirmed it.
    """
    need = need_of(call, estimated, needs_upgrade=_needs_upgrade(reports))
    tax = tax_for(agency.seller, call.country, call.vat_id, vat_id_checked=bool(call.vat_checked_by))
    return recommend(need, agency.proposals.retainer_hours, PriceList(agency.rates, tax), overrulings)


def _cause(number: str, finding: Finding, repository: str) -> Cause:
    cause = f"{finding.cause or finding.title} in {repository}" if repository else finding.cause
    return Cause(number, cause, finding.effort, SEVERITY_ORDER[finding.severity], finding.title)


def _needs_upgrade(reports: Sequence[AuditReport]) -> bool:
    """Whether a runtime or framework in use is no longer supported."""
    return any(
        each.finding.check == _SUPPORT_DATES and each.finding.severity in _URGENT
        for report in reports
        for each in report.findings
    )
