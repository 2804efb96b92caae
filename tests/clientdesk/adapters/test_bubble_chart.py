from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from clientdesk.adapters.charts import drawn

NAMES = ["Commits", "Paths", "hotspot", "other file"]
ROW = st.fixed_dictionaries(
    {
        "x": st.integers(1, 5000),
        "y": st.integers(1, 100_000),
        "size": st.integers(0, 10**6),
        "hot": st.integers(0, 1),
    }
)


def picture(rows):
    return drawn({"kind": "bubbles", "rows": rows}, "Files", NAMES)


def texts(svg):
    return [node.text.strip() for node in ET.fromstring(svg).iter() if node.text and node.text.strip()]


def row(x, y, size=100, hot=0):
    return {"x": x, "y": y, "size": size, "hot": hot}


@settings(max_examples=15, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=15))
def test_every_point_has_its_number_whatever_the_figures(rows):
    said = texts(picture(rows))

    assert said[0] == "Files"
    assert {str(number) for number in range(1, len(rows) + 1)} <= set(said)
    assert set(NAMES) <= set(said)


def test_hotspots_are_filled_and_others_hollow_so_that_no_colour_is_needed():
    hollow, filled = picture([row(3, 40)]), picture([row(3, 40, hot=1)])

    assert filled.count('fill="#0f5c63"') == hollow.count('fill="#0f5c63"') + 1


def test_the_same_figures_give_the_same_picture():
    assert picture([row(3, 40), row(9, 9)]) == picture([row(3, 40), row(9, 9)])


def test_numbers_of_points_in_one_place_stand_apart():
    svg = ET.fromstring(picture([row(5, 50) for _ in range(6)]))

    places = {
        node.get("transform")
        for node in svg.iter("{http://www.w3.org/2000/svg}text")
        if (node.text or "").strip() in set("123456") and node.get("transform")
    }
    assert len(places) >= 6


def test_few_commits_are_told_in_whole_numbers():
    said = texts(picture([row(1, 3), row(2, 2), row(1, 2)]))

    assert not [text for text in said if "." in text]
    assert {"1", "2", "3", "4"} <= set(said)


def test_many_are_told_by_orders_of_magnitude():
    said = texts(picture([row(1, 10), row(300, 4_000)]))

    assert {"10", "100", "1000"} <= set(said)
