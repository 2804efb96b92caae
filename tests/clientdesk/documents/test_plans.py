from dataclasses import replace
from decimal import Decimal

import pytest
from fakes import samples
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.documents.figures import Figures
from clientdesk.documents.plans import plan_view, roll_over_example

FIGURES = Figures("en_IE")


@given(st.integers(min_value=1, max_value=80))
def test_the_bucket_s_example_obeys_the_rule_of_rolling_once(bucket: int) -> None:
    first, second, third = roll_over_example(bucket)

    assert first["left"] == bucket - first["used"]
    assert second["available"] == bucket + first["left"]
    used_of_new = max(0, second["used"] - first["left"])
    assert second["left"] == bucket - used_of_new
    assert third["available"] == bucket + second["left"]
    assert third["left"] == bucket
    assert all(month["available"] <= 2 * bucket for month in (first, second, third))


def test_without_a_bucket_there_is_no_example() -> None:
    assert roll_over_example(0) == ()


@pytest.mark.parametrize("count", [9, 400])
def test_every_line_is_printed_in_full_or_in_the_annex(count: int) -> None:
    plan = samples.proposal(samples.audit(count)).quote.recommended

    view = plan_view(plan, FIGURES)

    one_off = [line for line in plan.lines if not line.is_monthly]
    assert len(view["one_off_lines"]) + len(view["annex"]) == len(one_off)
    assert len(view["one_off_lines"]) <= 20


def test_the_summed_row_is_the_sum_of_the_annex() -> None:
    plan = samples.proposal(samples.audit(400)).quote.recommended

    view = plan_view(plan, FIGURES)

    rest = [line for line in plan.lines if not line.is_monthly][len(view["one_off_lines"]) :]
    assert view["rest"]["count"] == len(rest)
    assert view["rest"]["net"] == f"€{sum((line.net.amount for line in rest), Decimal(0)):,.2f}"


def test_a_page_of_prices_has_room_for_twenty_rows_whatever_a_line_takes() -> None:
    plan = samples.proposal(samples.audit(400)).quote.recommended

    short, long = (
        len(
            plan_view(replace(plan, lines=tuple(replace(line, title=title) for line in plan.lines)), FIGURES)[
                "one_off_lines"
            ]
        )
        for title in ("Mend it", "Mend what takes more words to say than one row can hold")
    )

    assert (short, long) == (20, 10)


def test_a_line_says_why_where_it_names_no_finding_or_a_person_set_its_hours() -> None:
    plan = samples.proposal(samples.audit(9)).quote.recommended

    view = plan_view(plan, FIGURES, explained={plan.lines[1].title})

    assert [line["says_why"] for line in view["one_off_lines"]][:3] == [False, True, False]
    assert [line["says_why"] for line in view["monthly_lines"]] == [True]


def test_one_rate_for_all_lines_is_told_once() -> None:
    plan = samples.proposal(samples.audit(9)).quote.recommended
    dearer = replace(plan.lines[0], rate=plan.lines[-1].rate)

    assert plan_view(plan, FIGURES)["one_off_rate"] == "€100.00"
    assert plan_view(replace(plan, lines=(dearer, *plan.lines[1:])), FIGURES)["one_off_rate"] == ""
