from dataclasses import replace

from fakes import samples

from clientdesk.documents.audit_tables import hotspots_view, knowledge_view
from clientdesk.documents.figures import Figures

ENGLISH = Figures("en_IE")


def test_picture_and_table_carry_the_same_figures():
    view = hotspots_view(samples.second_audit(), ENGLISH)

    assert view["chart"]["rows"][0] == {"x": 31, "y": 210, "size": 1804, "hot": 1}
    assert view["rows"][0] == {
        "number": 1,
        "path": "app/orders.py",
        "hot": True,
        "revisions": "31",
        "complexity": "210",
        "lines": "1,804",
        "score": "6,510",
    }
    assert (view["commits"], view["changed"], view["hot"]) == ("214", "57", 1)


def test_areas_are_told_with_their_people():
    assert knowledge_view(samples.second_audit(), Figures("de_DE"))[0] == {
        "area": "app",
        "commits": "190",
        "authors": "3",
        "main_author": "Ada Lovelace",
        "share": "64",
        "quiet_days": "12",
    }


def test_without_the_checks_there_are_no_tables():
    assert hotspots_view(samples.audit(), ENGLISH) is None
    assert knowledge_view(samples.audit(), ENGLISH) == []


def test_a_row_that_lacks_a_column_is_left_out():
    report = samples.second_audit()
    results = tuple(
        replace(r, metrics={k: v for k, v in r.metrics.items() if k != "hotspots.2.lines"}) for r in report.results
    )

    assert len(hotspots_view(replace(report, results=results), ENGLISH)["rows"]) == 1
