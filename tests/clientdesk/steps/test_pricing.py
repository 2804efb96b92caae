"""From audits to a plan: every hour rests on findings, and agency.toml has the last word on effort."""

from dataclasses import replace
from decimal import Decimal

from fakes.agency import AGENCY
from fakes.desk import BOOKING, SHOP, a_call, a_desk
from fakes.samples import audit as sample

from clientdesk.audit.registry import CHECKS
from clientdesk.domain.estimating import EffortRule, hours
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.pricing import TaxCase
from clientdesk.steps.auditing import audit
from clientdesk.steps.pricing import effort_rules, estimate_of, quote_of


def reports(*addresses):
    desk = a_desk()
    return [audit(desk, RepositoryAddress(address)) for address in addresses]


def test_every_work_item_names_findings_of_the_report():
    (report,) = reports(SHOP)

    estimated = estimate_of(AGENCY, [report])

    known = {each.id for each in report.findings}
    assert estimated.items
    assert all(item.findings and set(item.findings) <= known for item in estimated.items)


def test_one_cause_in_two_repositories_is_two_pieces_of_work():
    both = reports(SHOP, BOOKING)

    alone, together = estimate_of(AGENCY, both[:1]), estimate_of(AGENCY, both)

    assert together.total.likely == 2 * alone.total.likely
    assert {number[:3] for item in together.items for number in item.findings} == {"R1-", "R2-"}


def test_rule_of_the_agency_takes_the_place_of_the_checks_own():
    key = next(iter(effort_rules(AGENCY)))
    own = EffortRule(key, "Ours", "place", hours(100, 200, 300), hours(0, 0, 0), Decimal(999))

    changed = effort_rules(replace(AGENCY, effort={key: own}))

    assert changed[key] == own
    assert len(changed) == len(effort_rules(AGENCY))


def test_effort_keys_of_all_checks_differ():
    keys = [rule.key for check in CHECKS for rule in check.effort]

    assert len(keys) == len(set(keys))


def test_quote_offers_an_alternative_beside_what_is_recommended():
    both = reports(SHOP)

    quote = quote_of(AGENCY, a_call(), both, estimate_of(AGENCY, both))

    assert quote.recommended.reason
    assert quote.alternative is None or quote.alternative.kind is not quote.recommended.kind


def test_vat_id_that_nobody_checked_is_not_taken_on_trust():
    call = replace(a_call(), country="FR", vat_id="FR12345678901")

    quote = quote_of(AGENCY, call, [sample(2)], estimate_of(AGENCY, reports(SHOP)))

    assert quote.tax.case is TaxCase.MANUAL_REVIEW
