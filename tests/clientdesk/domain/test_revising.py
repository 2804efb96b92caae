"""What an account lead changes, by the numbers printed beside the work."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.estimating import NO_HOURS, Estimate, Hours, WorkItem, hours
from clientdesk.domain.pricing import BadDiscount, HoursSet, PlanKind, Unexplained
from clientdesk.domain.revising import BadRevision, Change, overruling_of, revised

BUCKETS = (8, 12, 16)


def estimate(*sizes: Hours) -> Estimate:
    items = tuple(
        WorkItem("split", f"part {place}", f"Split up part {place}", (f"F-0{place}",), 1, size, "2 h", place)
        for place, size in enumerate(sizes, start=1)
    )
    return Estimate(items, sum((item.hours for item in items), NO_HOURS))


TWO = estimate(hours("1", "2", "4"), hours("4", "8", "20"))


def change(**wanted) -> Change:
    return Change("Max Lead", "They do the rest themselves.", **wanted)


def test_dropped_line_is_gone_and_the_rest_is_numbered_anew():
    after = revised(TWO, change(drop=(1,)))

    assert [(item.title, item.priority) for item in after.items] == [("Split up part 2", 1)]
    assert after.total == hours("4", "8", "20")


def test_hours_set_keep_low_and_high_in_proportion_and_say_who_set_them_and_why():
    after = revised(TWO, change(hours={2: Decimal(6)}))

    assert after.items[1].hours == hours("3", "6", "15")
    assert after.items[1].reason == "2 h; set to 6 h by Max Lead: They do the rest themselves."
    assert after.total == hours("4", "8", "19")


def test_work_that_was_free_gets_the_hours_that_are_set():
    after = revised(estimate(NO_HOURS), change(hours={1: Decimal("1.5")}))

    assert after.items[0].hours == hours("1.5", "1.5", "1.5")


def test_what_was_overruled_is_kept_in_words_that_stay_true_when_numbers_change():
    kept = overruling_of(TWO, change(kind=PlanKind.UPGRADE_SPRINT, drop=(1, 1), hours={2: Decimal(6)}), BUCKETS)

    assert (kept.by, kept.why, kept.kind) == ("Max Lead", "They do the rest themselves.", PlanKind.UPGRADE_SPRINT)
    assert kept.dropped == ("Split up part 1",)
    assert kept.hours == (HoursSet("Split up part 2", Decimal(8), Decimal(6)),)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"drop": (3,)}, "no line 3: the lines are numbered 1 to 2"),
        ({"hours": {0: Decimal(1)}}, "no line 0"),
        ({"hours": {1: Decimal(0)}}, "to leave it out, drop it"),
        ({"hours": {1: Decimal("NaN")}}, "needs hours"),
        ({"hours": {1: Decimal("1E+40")}}, "needs hours"),
        ({"hours": {1: Decimal("0.001")}}, "two decimals"),
        ({"bucket": 10}, "8, 12, 16 hours a month, not 10"),
        ({"bucket": 8, "kind": PlanKind.PAY_AS_YOU_GO}, "has no retainer"),
    ],
)
def test_change_that_can_not_be_made_is_refused_with_what_could_be(wanted, words):
    with pytest.raises(BadRevision, match=words):
        overruling_of(TWO, change(**wanted), BUCKETS)


@pytest.mark.parametrize("percent", ["-1", "100", "250"])
def test_discount_that_leaves_nothing_is_refused(percent):
    with pytest.raises(BadDiscount, match="less than 100"):
        overruling_of(TWO, change(discount_percent=Decimal(percent)), BUCKETS)


def test_change_without_a_reason_is_refused():
    with pytest.raises(Unexplained):
        overruling_of(TWO, Change("Max", " ", drop=(1,)), BUCKETS)


def test_change_that_changes_nothing_says_so():
    assert change().is_empty
    assert not change(discount_percent=Decimal(0)).is_empty


@given(st.decimals("0.01", 10_000, places=2), st.lists(st.decimals(0, 500, places=2), min_size=3, max_size=3))
def test_hours_that_were_set_are_exact_and_still_rise(likely, drawn):
    after = revised(estimate(Hours(*sorted(drawn))), change(hours={1: likely}))

    assert after.items[0].hours.likely == likely
