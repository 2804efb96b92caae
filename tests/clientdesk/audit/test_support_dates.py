from __future__ import annotations

from datetime import date

import pytest

from clientdesk.audit.support_dates import support_dates

MONDAY = date(2026, 3, 2)
PRODUCTS = support_dates().products


@pytest.mark.parametrize(
    ("product", "version", "cycle"),
    [("python", "3.11.7", "3.11"), ("node", "v18", "18"), ("rails", "7.1.2.1", "7.1"), ("postgresql", "9.6.2", "9.6")],
)
def test_a_version_belongs_to_a_line_of_releases(product, version, cycle):
    assert PRODUCTS[product].cycle_of(version).name == cycle


def test_a_version_nobody_knows_belongs_to_none():
    assert PRODUCTS["python"].cycle_of("9.9") is None


def test_a_line_is_over_on_the_day_of_its_end():
    cycle = PRODUCTS["python"].cycle_of("3.9")

    assert (cycle.is_over(date(2025, 10, 30)), cycle.is_over(cycle.end)) == (False, True)


def test_python_three_leaves_open_which_one_runs():
    assert [PRODUCTS["python"].is_floating(version) for version in ("3", "3.12")] == [True, False]


def test_every_line_of_every_product_can_be_read_and_newest_come_first():
    for product in PRODUCTS.values():
        released = [cycle.released for cycle in product.cycles if cycle.released]
        assert product.label
        assert product.cycles
        assert released[0] == max(released)


def test_the_target_has_long_term_support_where_there_is_such():
    node, python = PRODUCTS["node"], PRODUCTS["python"]

    assert [p.target(MONDAY, None).name for p in (node, python)] == ["24", "3.14"]
