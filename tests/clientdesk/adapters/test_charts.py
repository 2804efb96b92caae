from xml.etree import ElementTree as ET

from clientdesk.adapters.charts import drawn

CHART = {
    "kind": "stacked",
    "series": ["a", "b", "c", "d", "e"],
    "rows": [{"label": "<b>& $x^2$", "counts": [1, 2, 0, 0, 3]}, {"label": "Other", "counts": [0, 0, 4, 0, 0]}],
}
SERIES = ["Critical", "High", "Medium", "Low", "Note"]


def test_a_picture_is_well_formed_says_what_it_shows_and_keeps_text_as_text() -> None:
    picture = ET.fromstring(drawn(CHART, "Findings & more", SERIES))

    texts = [node.text for node in picture.iter() if node.text and node.text.strip()]
    assert picture[0].text == "Findings & more"
    assert picture.get("role") == "img"
    assert "<b>& $x^2$" in texts
    assert "Critical" in texts


def test_two_pictures_of_one_page_share_no_id() -> None:
    first, second = (
        {node.get("id") for node in ET.fromstring(drawn(CHART, title, SERIES)).iter()} - {None}
        for title in ("Findings", "Others")
    )

    assert first & second == set()


def test_the_same_figures_give_the_same_picture() -> None:
    assert drawn(CHART, "Same", SERIES) == drawn(CHART, "Same", SERIES)
    assert "style=" not in drawn(CHART, "Same", SERIES)
