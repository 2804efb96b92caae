"""From findings to hours."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.estimating import (
    NO_HOURS,
    Actual,
    Cause,
    EffortRule,
    Factor,
    Hours,
    UnknownEffort,
    calibrated,
    estimate,
    hours,
    plain,
)

TIMES = "\N{MULTIPLICATION SIGN}"
SPLIT = EffortRule("split", "Split up {cause}", "function", hours("0.5", "1", "2"), hours("1", "1.5", "3"), Decimal(12))
UPGRADE = EffortRule("upgrade", "Upgrade {cause}", "advisory", hours("4", "8", "20"), NO_HOURS, Decimal(40))
RULES = {"split": SPLIT, "upgrade": UPGRADE}


def cause(number: int, key: str = "split", about: str = "billing.py", rank: int = 2) -> Cause:
    return Cause(f"F-{number:02}", about, key, rank, f"finding {number}")


def test_forty_advisories_of_one_framework_are_one_work_item():
    found = [cause(number, "upgrade", "Rails 6.1 to 8.0") for number in range(40)]

    (item,) = estimate(found, RULES).items

    assert item.title == "Upgrade Rails 6.1 to 8.0"
    assert len(item.findings) == 40
    assert item.hours == hours("4", "8", "20")
    assert item.reason == "8 h"


def test_hours_are_the_fixed_part_and_a_part_for_each_unit():
    (item,) = estimate([cause(1), cause(2), cause(3), cause(4)], RULES).items

    assert item.hours == hours("4.5", "7", "14")
    assert item.reason == f"4 functions {TIMES} 1.5 h + 1 h"


def test_cap_limits_the_likely_hours_and_the_others_shrink_in_proportion():
    (item,) = estimate([cause(number) for number in range(20)], RULES).items

    assert item.hours == hours("7.94", "12.00", "24.00")
    assert item.reason == f"20 functions {TIMES} 1.5 h + 1 h, capped at 12 h"


def test_one_unit_is_said_in_the_singular():
    (item,) = estimate([cause(1)], RULES).items

    assert item.reason == f"1 function {TIMES} 1.5 h + 1 h"


@pytest.mark.parametrize(
    ("unit", "several"),
    [("dependency", "dependencies"), ("branch", "branches"), ("workflow file", "workflow files"), ("day", "days")],
)
def test_several_units_are_said_in_the_plural(unit: str, several: str):
    rule = EffortRule("split", "Mend {cause}", unit, NO_HOURS, hours("1", "2", "3"), Decimal(100))

    (item,) = estimate([cause(1), cause(2)], {"split": rule}).items

    assert item.reason == f"2 {several} {TIMES} 2 h"


def test_worst_finding_comes_first_then_the_least_work():
    found = [
        cause(1, about="many", rank=2),
        cause(2, about="many", rank=3),
        cause(3, about="small", rank=2),
        cause(4, "upgrade", "urgent", rank=0),
    ]

    items = estimate(found, RULES).items

    assert [(item.priority, item.cause) for item in items] == [(1, "urgent"), (2, "small"), (3, "many")]


def test_finding_with_nothing_to_do_costs_nothing():
    assert estimate([cause(1, "")], RULES).items == ()


def test_findings_without_a_cause_stand_for_themselves():
    found = [Cause("F-01", "", "split", 1, "one"), Cause("F-02", "", "split", 1, "two")]

    assert [item.findings for item in estimate(found, RULES).items] == [("F-01",), ("F-02",)]


def test_finding_that_no_rule_sizes_is_refused_and_never_left_out():
    with pytest.raises(UnknownEffort, match="F-01 is sized by the effort rule 'typo'"):
        estimate([cause(1, "typo")], RULES)


def test_braces_in_client_text_stay_text():
    (item,) = estimate([cause(1, about="{cause} {0} {{x}}")], RULES).items

    assert item.title == "Split up {cause} {0} {{x}}"


def test_total_is_the_sum_of_the_items():
    found = [cause(1), cause(2, "upgrade", "Rails")]

    assert estimate(found, RULES).total == hours("5.5", "10.5", "25")


def test_experience_multiplies_the_hours_and_is_said_with_its_sample_size():
    (item,) = estimate([cause(1)], RULES, {"split": Factor(Decimal("1.2"), 5)}).items

    assert item.hours == hours("1.8", "3", "6")
    assert item.factor == Factor(Decimal("1.2"), 5)
    assert item.reason.endswith(f", {TIMES} 1.2 as measured on 5 closed items")


def test_three_closed_items_give_the_median_as_factor():
    spent = [Actual("split", Decimal(4), Decimal(each)) for each in ("4", "5", "20")]

    assert calibrated(spent) == {"split": Factor(Decimal("1.25"), 3)}


def test_two_closed_items_give_no_factor():
    assert calibrated([Actual("split", Decimal(4), Decimal(8))] * 2) == {}


@pytest.mark.parametrize(("spent", "factor"), [("0", "0.5"), ("400", "2")])
def test_factor_stays_between_a_half_and_two(spent: str, factor: str):
    assert calibrated([Actual("split", Decimal(4), Decimal(spent))] * 3)["split"].value == Decimal(factor)


def test_actual_without_an_estimate_is_a_defect():
    with pytest.raises(ValueError, match="no ratio"):
        Actual("split", Decimal(0), Decimal(1))


def test_hours_that_fall_from_low_to_high_are_a_defect():
    with pytest.raises(ValueError, match="must rise"):
        hours("2", "1", "3")


@pytest.mark.parametrize(("number", "text"), [("12.00", "12"), ("1.50", "1.5"), ("1E+1", "10"), ("0.00", "0")])
def test_number_is_said_without_zeros_that_say_nothing(number: str, text: str):
    assert plain(Decimal(number)) == text


def _rising(draw: st.DrawFn) -> Hours:
    low, likely, high = sorted(draw(st.lists(st.decimals(0, 50, places=2), min_size=3, max_size=3)))
    return Hours(low, likely, high)


@st.composite
def effort_rules(draw: st.DrawFn) -> EffortRule:
    cap = draw(st.decimals(1, 40, places=2))
    return EffortRule("split", "Mend {cause}", "file", _rising(draw), _rising(draw), cap)


@given(effort_rules(), st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4)), max_size=60))
def test_every_finding_is_in_one_item_and_no_item_is_above_its_cap(rule: EffortRule, found: list[tuple[str, int]]):
    causes = [Cause(f"F-{place}", about, "split", rank, "t") for place, (about, rank) in enumerate(found)]

    items = estimate(causes, {"split": rule}).items

    assert sorted(each.finding_id for each in causes) == sorted(each for item in items for each in item.findings)
    assert list(range(1, len(items) + 1)) == [item.priority for item in items]
    for item in items:
        assert item.hours.low <= item.hours.likely <= item.hours.high
        assert item.hours.likely <= rule.cap
        assert item.units == len(item.findings)


@given(effort_rules(), st.permutations([cause(number, about="ab"[number % 2]) for number in range(6)]))
def test_hours_do_not_depend_on_the_order_of_the_findings(rule: EffortRule, found: list[Cause]):
    usual = estimate(sorted(found, key=lambda each: each.finding_id), {"split": rule})

    shuffled = estimate(found, {"split": rule})

    assert usual.total == shuffled.total
    assert [item.cause for item in usual.items] == [item.cause for item in shuffled.items]
