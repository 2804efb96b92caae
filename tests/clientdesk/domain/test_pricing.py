"""Lines, sums and plans."""

from decimal import Decimal

import pytest
from fakes.agency import RATES
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.estimating import NO_HOURS, Hours, WorkItem, hours
from clientdesk.domain.money import Money, total
from clientdesk.domain.pricing import (
    HAS_RETAINER,
    BadDiscount,
    Discount,
    Line,
    Overruling,
    Plan,
    PlanKind,
    PriceList,
    Tax,
    TaxCase,
    Totals,
    Unexplained,
    totals,
)

DOMESTIC = Tax(TaxCase.DOMESTIC, Decimal(19), "VAT of 19 %")
PRICES = PriceList(RATES, DOMESTIC)


def item(place: int, size: Hours) -> WorkItem:
    return WorkItem("split", f"part {place}", f"Split up part {place}", (f"F-{place}",), 1, size, "flat", place)


SPLIT = item(1, hours("1", "2.5", "4"))
UPGRADE = item(2, hours("4", "8", "20"))


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def line(net: str, *, is_monthly: bool = False) -> Line:
    return Line("Work", ("F-01",), "", NO_HOURS, Decimal(0), eur("0"), eur(net), is_monthly)


def test_sprint_has_one_line_for_each_piece_of_work_at_the_sprint_rate():
    plan = PRICES.plan(PlanKind.UPGRADE_SPRINT, "because", (SPLIT, UPGRADE), 8)

    assert [("Split up part 1", ("F-1",), eur("250")), ("Split up part 2", ("F-2",), eur("800"))] == [
        (each.title, each.findings, each.net) for each in plan.lines
    ]
    assert (eur("1050"), eur("199.50"), eur("1249.50")) == (plan.one_off.net, plan.one_off.vat, plan.one_off.gross)
    assert plan.monthly.gross == eur("0")
    assert plan.bucket_hours == 0


def test_retainer_is_one_monthly_line_that_names_the_findings_it_mends():
    plan = PRICES.plan(PlanKind.RETAINER, "because", (SPLIT, UPGRADE), 12)

    (retainer,) = plan.lines
    assert retainer.is_monthly
    assert retainer.findings == ("F-1", "F-2")
    assert retainer.billed_hours == 12
    assert (eur("0"), eur("1080")) == (plan.one_off.net, plan.monthly.net)
    assert plan.bucket_hours == 12


def test_sprint_then_retainer_parts_what_is_paid_once_from_what_is_paid_monthly():
    plan = PRICES.plan(PlanKind.SPRINT_THEN_RETAINER, "because", (SPLIT,), 8)

    assert (eur("250"), eur("720")) == (plan.one_off.net, plan.monthly.net)
    assert plan.lines[-1].reason.startswith("Keeps the system in order")


def test_pay_as_you_go_has_its_own_rate():
    plan = PRICES.plan(PlanKind.PAY_AS_YOU_GO, "because", (SPLIT,), 8)

    assert plan.one_off.net == eur("275")
    assert plan.lines[0].rate == eur("110")


def test_plan_without_work_tells_its_rate_and_costs_nothing():
    plan = PRICES.plan(PlanKind.PAY_AS_YOU_GO, "because", (), 8)

    (only,) = plan.lines
    assert only.rate == eur("110")
    assert plan.one_off.gross == eur("0")
    assert only.reason


@pytest.mark.parametrize("reason", ["", "  "])
def test_line_with_neither_findings_nor_a_reason_does_not_exist(reason: str):
    with pytest.raises(ValueError, match="neither findings nor a reason"):
        Line("Work", (), reason, NO_HOURS, Decimal(0), eur("0"), eur("0"))


def test_totals_that_do_not_add_up_do_not_exist():
    with pytest.raises(ValueError, match="are not"):
        Totals(eur("100"), eur("19"), eur("118"))


def test_plan_whose_lines_do_not_add_up_does_not_exist():
    nothing, hundred = totals((), DOMESTIC, "EUR"), totals([line("100")], DOMESTIC, "EUR")

    with pytest.raises(ValueError, match="do not add up"):
        Plan(PlanKind.RETAINER, "because", 8, (line("100", is_monthly=True),), hundred, nothing)


def test_vat_is_rounded_once_on_the_total_and_not_on_each_line():
    sums = totals([line("0.03")] * 3, DOMESTIC, "EUR")

    assert sums.vat == eur("0.02")


@pytest.mark.parametrize(("by", "why"), [("", "because"), ("Max", "  ")])
def test_overruling_needs_a_name_and_a_reason(by: str, why: str):
    with pytest.raises(Unexplained, match="say who decides and why"):
        Overruling(PlanKind.RETAINER, by, why)


def test_discount_is_a_line_of_its_own_for_what_is_paid_once_and_what_is_paid_monthly():
    off = Discount(Decimal(10), "Their second repository.")

    plan = PRICES.plan(PlanKind.SPRINT_THEN_RETAINER, "because", (SPLIT,), 8, off)

    discounts = [each for each in plan.lines if each.is_discount]
    assert [("Discount of 10 %", eur("-25"), False), ("Discount of 10 %", eur("-72"), True)] == [
        (each.title, each.net, each.is_monthly) for each in discounts
    ]
    assert {each.reason for each in discounts} == {"Their second repository."}
    assert (eur("225"), eur("648")) == (plan.one_off.net, plan.monthly.net)
    assert plan.one_off.vat == eur("42.75")


@pytest.mark.parametrize("percent", ["0", "-5", "100"])
def test_discount_that_is_none_or_leaves_nothing_does_not_exist(percent: str):
    with pytest.raises(BadDiscount):
        Discount(Decimal(percent), "because")


def test_discount_without_a_reason_does_not_exist():
    with pytest.raises(Unexplained, match="say why"):
        Discount(Decimal(5), " ")


def test_discount_on_nothing_is_no_line():
    plan = PRICES.plan(PlanKind.PAY_AS_YOU_GO, "because", (), 8, Discount(Decimal(10), "because"))

    assert not any(each.is_discount for each in plan.lines)


sizes = st.lists(st.decimals(0, 500, places=2), min_size=3, max_size=3).map(lambda drawn: Hours(*sorted(drawn)))
works = st.lists(sizes, max_size=40).map(lambda drawn: [item(place, size) for place, size in enumerate(drawn, start=1)])


@given(st.sampled_from(PlanKind), works, st.sampled_from([8, 12, 16]), st.sampled_from(["0", "7", "19", "8.1"]))
def test_lines_of_every_plan_add_up_and_gross_is_net_and_vat(
    kind: PlanKind, items: list[WorkItem], bucket: int, percent: str
):
    prices = PriceList(RATES, Tax(TaxCase.DOMESTIC, Decimal(percent), "VAT"))

    plan = prices.plan(kind, "because", items, bucket)

    for sums, is_monthly in ((plan.one_off, False), (plan.monthly, True)):
        lines = [each for each in plan.lines if each.is_monthly is is_monthly]
        assert sums.net == total((each.net for each in lines), "EUR")
        assert sums.gross == sums.net + sums.vat
        assert abs(sums.vat.amount - sums.net.amount * Decimal(percent) / 100) <= Decimal("0.005")
        assert all(each.net == Money.of(each.billed_hours * each.rate.amount, "EUR") for each in lines)
    assert all(each.findings or each.reason for each in plan.lines)
    assert (plan.bucket_hours > 0) == (kind in HAS_RETAINER) == any(each.is_monthly for each in plan.lines)


@given(st.sampled_from(PlanKind), works)
def test_every_finding_that_was_sized_is_named_once_in_every_plan(kind: PlanKind, items: list[WorkItem]):
    plan = PRICES.plan(kind, "because", items, 8)

    assert [finding for each in items for finding in each.findings] == [
        finding for each in plan.lines for finding in each.findings
    ]
