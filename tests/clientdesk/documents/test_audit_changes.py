from dataclasses import replace

from fakes import samples

from clientdesk.audit.assembling import with_changes
from clientdesk.audit.comparing import earlier
from clientdesk.documents.audit_changes import changes_view, set_aside_view, standings
from clientdesk.documents.figures import Figures

ENGLISH = Figures("en_IE")


def test_without_an_earlier_audit_or_a_profile_nothing_is_said():
    report = samples.audit()

    assert (changes_view(report, ENGLISH), set_aside_view(report, ENGLISH), standings(report)) == (None, None, {})


def test_what_is_new_remains_and_is_gone_is_counted_and_listed():
    view = changes_view(samples.second_audit(), ENGLISH)

    assert view["counts"] == {"new": 3, "remaining": 6, "fixed": 3}
    assert (len(view["new"]), len(view["fixed"]), view["date"]) == (3, 3, "10\u00a0December\u00a02025")
    assert {row["check"] for row in view["not_compared"]} >= {"Hotspots", "Knowledge of the code"}


def test_a_new_finding_that_is_set_aside_is_listed_as_such():
    report = samples.second_audit()
    before = replace(earlier(report), findings=())

    rows = changes_view(with_changes(report, before), ENGLISH)["new"]

    assert [row["id"] for row in rows if row["set_aside"]] == [one.numbered.id for one in report.set_aside]


def test_long_lists_are_cut_and_the_rest_is_counted():
    report = replace(samples.audit(90), edition="1.0")
    before = earlier(report)

    fixed = changes_view(with_changes(replace(report, findings=()), before), ENGLISH)
    new = changes_view(with_changes(report, replace(before, findings=())), ENGLISH)

    assert (len(fixed["fixed"]), fixed["fixed_left_out"]) == (40, 50)
    assert (len(new["new"]), new["new_left_out"]) == (40, 50)


def test_every_finding_has_its_standing():
    told = standings(samples.second_audit())

    assert set(told.values()) == {"new", "remaining"}
    assert len(told) == 9


def test_what_is_set_aside_says_why_by_whom_and_until_when():
    view = set_aside_view(samples.second_audit(), ENGLISH)

    (row,) = view["rows"]
    assert (row["how"], row["reason"], row["by"], row["until"]) == (
        "accepted",
        "on the build machine only",
        "Ada Engineer",
        "31\u00a0December\u00a02026",
    )
    assert view["expired"][0]["until"] == "31\u00a0January\u00a02026"
    assert view["idle"] == ["gone/**"]
