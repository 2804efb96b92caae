"""The picture of a year: one row for a client, and the same figures give the same bytes."""

import re

from clientdesk.adapters.charts import drawn

SERIES = ["booked", "took place", "called off", "taken"]
CHART = {
    "kind": "weeks",
    "rows": [
        {"label": "Harbour <b>& Söhne", "marks": [(1, "over"), (14, "booked")]},
        {"label": "Other", "marks": [(27, "off")]},
    ],
    "load": [0.0, 0.5, 1.4] + [0.1] * 50,
    "months": [(0, "Jan"), (5, "Feb")],
}


def test_names_months_and_kinds_are_text_in_it():
    svg = str(drawn(CHART, "The year 2027", SERIES))

    assert "<title>The year 2027</title>" in svg
    for words in ("Harbour &lt;b&gt;&amp; Söhne", "Other", "Jan", "Feb", *SERIES):
        assert words in svg


def test_same_figures_give_the_same_bytes():
    assert drawn(CHART, "The year 2027", SERIES) == drawn(CHART, "The year 2027", SERIES)


def test_week_that_is_too_full_is_told_apart():
    assert "#7a1f2b" in str(drawn(CHART, "The year", SERIES))
    assert "#7a1f2b" not in str(drawn({**CHART, "load": [0.5] * 53}, "The year", SERIES))


def test_picture_grows_with_its_rows():
    def height(rows):
        svg = str(drawn({**CHART, "rows": CHART["rows"] * rows}, "The year", SERIES))
        return float(re.search(r'height="([\d.]+)pt"', svg)[1])

    assert height(10) > height(1) + 100
