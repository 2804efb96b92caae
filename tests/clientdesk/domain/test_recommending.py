"""The recommendation and its reason. Buckets hold 8, 12 and 16 h; two months of the largest hold 32."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fakes.agency import RATES
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.estimating import Estimate, Hours, WorkItem
from clientdesk.domain.intake import Contact, Expectation, Interest, IntroCall, RepositoryAddress
from clientdesk.domain.pricing import HAS_RETAINER, Overruling, PlanKind, PriceList, Tax, TaxCase
from clientdesk.domain.recommending import Need, need_of, recommend

BUCKETS = (8, 12, 16)
PRICES = PriceList(RATES, Tax(TaxCase.DOMESTIC, Decimal(19), "VAT of 19 %"))
SPRINT_FIRST = PlanKind.SPRINT_THEN_RETAINER


def found(likely: str) -> Estimate:
    size = Hours(Decimal(likely) / 2, Decimal(likely), Decimal(likely) * 2)
    return Estimate((WorkItem("k", "c", "Mend it", ("F-01",), 1, size, "flat", 1),) if size.likely else (), size)


def need(
    likely: str,
    *,
    upgrade: bool = False,
    regular: bool = False,
    interest: Interest = Interest.UNDECIDED,
    steady: str = "0",
) -> Need:
    return Need(found(likely), upgrade, regular, interest, Decimal(steady))


def call(interest: Interest, *expects: Expectation) -> IntroCall:
    return IntroCall("Acme", (Contact("Ann", "ann@example.com"),), (RepositoryAddress("x"),), interest, expects)


def test_unsupported_version_is_a_sprint_then_a_retainer_however_little_there_is_to_do():
    quote = recommend(need("2", upgrade=True), BUCKETS, PRICES)

    assert quote.recommended.kind is SPRINT_FIRST
    assert "no longer supported" in quote.recommended.reason
    assert quote.recommended.bucket_hours == 8


@pytest.mark.parametrize(("likely", "kind"), [("32", PlanKind.RETAINER), ("32.01", SPRINT_FIRST)])
def test_more_than_two_months_of_the_largest_bucket_hold_is_a_sprint_first(likely: str, kind: PlanKind):
    quote = recommend(need(likely), BUCKETS, PRICES)

    assert quote.recommended.kind is kind


def test_sprint_for_much_work_says_how_much_and_what_a_retainer_holds():
    reason = recommend(need("60"), BUCKETS, PRICES).recommended.reason

    assert "more to do (about 60 h) than two months of a retainer of 16 h hold" in reason


@pytest.mark.parametrize(
    ("likely", "bucket"), [("9", 8), ("16", 8), ("16.01", 12), ("24", 12), ("24.01", 16), ("32", 16)]
)
def test_smallest_bucket_that_does_the_work_in_two_months_is_recommended(likely: str, bucket: int):
    plan = recommend(need(likely), BUCKETS, PRICES).recommended

    assert (PlanKind.RETAINER, bucket) == (plan.kind, plan.bucket_hours)
    assert f"{bucket} h a month is the smallest retainer that carries the load" in plan.reason


@pytest.mark.parametrize(("steady", "bucket"), [("6", 8), ("8", 8), ("10", 12), ("16", 16)])
def test_steady_load_of_up_to_sixteen_hours_gets_the_smallest_bucket_that_carries_it(steady: str, bucket: int):
    plan = recommend(need("0", steady=steady), BUCKETS, PRICES).recommended

    assert (PlanKind.RETAINER, bucket) == (plan.kind, plan.bucket_hours)


def test_retainer_after_a_sprint_carries_the_steady_load_alone():
    plan = recommend(need("60", steady="10"), BUCKETS, PRICES).recommended

    assert (plan.kind, plan.bucket_hours) == (SPRINT_FIRST, 12)


@pytest.mark.parametrize("likely", ["0", "3", "8"])
def test_little_to_do_and_no_regular_need_is_pay_as_you_go(likely: str):
    plan = recommend(need(likely), BUCKETS, PRICES).recommended

    assert plan.kind is PlanKind.PAY_AS_YOU_GO
    assert "no regular need" in plan.reason


def test_little_to_do_with_a_regular_need_is_the_smallest_retainer():
    plan = recommend(need("3", regular=True), BUCKETS, PRICES).recommended

    assert (plan.kind, plan.bucket_hours) == (PlanKind.RETAINER, 8)


def test_regular_need_with_nothing_found_does_not_speak_of_work_found():
    plan = recommend(need("0", regular=True), BUCKETS, PRICES).recommended

    assert plan.reason == "Nothing found calls for work now, and 8 h a month carry the regular need."


@pytest.mark.parametrize(
    ("interest", "kind"),
    [
        (Interest.PAY_AS_YOU_GO, PlanKind.PAY_AS_YOU_GO),
        (Interest.RETAINER, PlanKind.RETAINER),
        (Interest.UPGRADE_SPRINT, PlanKind.UPGRADE_SPRINT),
    ],
)
def test_what_the_client_asked_about_is_the_alternative_and_says_so(interest: Interest, kind: PlanKind):
    quote = recommend(need("60", interest=interest), BUCKETS, PRICES)

    assert (SPRINT_FIRST, kind) == (quote.recommended.kind, quote.alternative.kind)
    assert quote.alternative.reason.startswith("You asked about ")


def test_recommendation_that_the_client_asked_about_says_so():
    quote = recommend(need("20", interest=Interest.RETAINER), BUCKETS, PRICES)

    assert quote.recommended.reason.startswith("You asked about a retainer. 12 h a month")
    assert quote.alternative.kind is PlanKind.PAY_AS_YOU_GO


def test_retainer_for_more_than_it_holds_says_how_many_months_it_takes():
    quote = recommend(need("60", interest=Interest.RETAINER), BUCKETS, PRICES)

    assert quote.alternative.bucket_hours == 16
    assert quote.alternative.reason.endswith("what was found (about 60 h) is done within 4 months.")


def test_retainer_full_of_regular_work_promises_no_month():
    quote = recommend(need("60", steady="16", interest=Interest.RETAINER), BUCKETS, PRICES)

    assert "the time that your regular work leaves" in quote.alternative.reason


def test_account_lead_overrules_with_a_reason_that_is_kept_and_the_rule_is_the_alternative():
    overruling = Overruling(PlanKind.PAY_AS_YOU_GO, "Max Lead", "The budget is closed until July.")

    quote = recommend(need("60"), BUCKETS, PRICES, [overruling])

    assert quote.recommended.kind is PlanKind.PAY_AS_YOU_GO
    assert quote.recommended.reason == "The budget is closed until July. (decided by Max Lead)"
    assert quote.alternative.kind is SPRINT_FIRST
    assert quote.overrulings == (overruling,)


def test_overruling_that_says_what_the_rule_says_overrules_nothing():
    agreeing = Overruling(SPRINT_FIRST, "Max Lead", "I think so too.")

    quote = recommend(need("60"), BUCKETS, PRICES, [agreeing])

    assert replace(quote, overrulings=()) == recommend(need("60"), BUCKETS, PRICES)


def test_bucket_overruled_is_priced_with_its_reason_and_the_rules_words_are_gone():
    wider = Overruling(None, "Max Lead", "They asked for more.", bucket=16)

    quote = recommend(need("20", interest=Interest.RETAINER), BUCKETS, PRICES, [wider])

    assert quote.recommended.bucket_hours == 16
    assert quote.recommended.reason == "You asked about a retainer. They asked for more. (decided by Max Lead)"


def test_discount_is_of_the_plan_recommended_and_of_no_other():
    friendly = Overruling(None, "Max Lead", "Their second repository.", discount_percent=Decimal(10))

    quote, rule = recommend(need("60"), BUCKETS, PRICES, [friendly]), recommend(need("60"), BUCKETS, PRICES)

    assert quote.recommended.kind is rule.recommended.kind
    assert quote.recommended.reason == rule.recommended.reason
    assert quote.recommended.one_off.net.amount == rule.recommended.one_off.net.amount * Decimal("0.9")
    assert quote.alternative == rule.alternative


def test_what_was_overruled_last_counts_and_all_of_it_is_kept():
    rulings = [
        Overruling(PlanKind.RETAINER, "Max Lead", "They like a rhythm.", discount_percent=Decimal(10)),
        Overruling(PlanKind.PAY_AS_YOU_GO, "Eve Lead", "The budget is closed.", discount_percent=Decimal(0)),
    ]

    quote = recommend(need("60"), BUCKETS, PRICES, rulings)

    assert quote.recommended.reason == "The budget is closed. (decided by Eve Lead)"
    assert not any(line.is_discount for line in quote.recommended.lines)
    assert quote.overrulings == tuple(rulings)


def test_expected_maintenance_and_an_asked_retainer_are_regular_needs_and_a_wished_upgrade_is_none():
    assert need_of(call(Interest.UNDECIDED, Expectation.MAINTENANCE), found("1"), needs_upgrade=False).is_regular
    assert need_of(call(Interest.RETAINER), found("1"), needs_upgrade=False).is_regular
    assert not need_of(call(Interest.UNDECIDED, Expectation.UPGRADE), found("1"), needs_upgrade=False).is_regular
    assert not need_of(
        call(Interest.UNDECIDED, Expectation.ROUND_THE_CLOCK), found("1"), needs_upgrade=False
    ).is_regular


NEEDS = st.builds(
    need,
    st.integers(0, 400).map(str),
    upgrade=st.booleans(),
    regular=st.booleans(),
    interest=st.sampled_from(Interest),
    steady=st.integers(0, 30).map(str),
)


@given(NEEDS, st.lists(st.sampled_from([4, 8, 12, 16, 24]), min_size=1, max_size=4, unique=True))
def test_every_quote_sets_two_different_ways_beside_each_other_each_with_a_reason(case: Need, buckets: list[int]):
    quote = recommend(case, buckets, PRICES)

    assert quote.recommended.kind is not quote.alternative.kind
    for plan in (quote.recommended, quote.alternative):
        assert plan.reason
        assert plan.lines
        assert plan.bucket_hours in (buckets if plan.kind in HAS_RETAINER else [0])


@given(NEEDS, st.sampled_from([Interest.RETAINER, Interest.PAY_AS_YOU_GO, Interest.UPGRADE_SPRINT]))
def test_an_interest_is_always_honoured_and_named(case: Need, interest: Interest):
    asked = Need(case.estimate, case.needs_upgrade, case.is_regular, interest, case.steady_hours)

    quote = recommend(asked, BUCKETS, PRICES)

    honoured = [plan for plan in (quote.recommended, quote.alternative) if plan.reason.startswith("You asked about")]
    assert [interest.value] == [plan.kind.value for plan in honoured]
