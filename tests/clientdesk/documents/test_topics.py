from fakes import samples

from clientdesk.documents.figures import Figures
from clientdesk.documents.topics import cited, id_span, place_of, topic_view, topics_of, work_by_finding


def test_findings_of_one_cause_are_told_once_worst_first() -> None:
    report = samples.audit(40)

    topics = topics_of(report.findings)

    assert [topic.worst.severity.value for topic in topics] == ["critical", "high", "medium", "low"]
    assert sum(len(topic.findings) for topic in topics) == 40


def test_a_topic_shows_four_places_and_counts_the_others() -> None:
    report = samples.audit(40)
    topic = topics_of(report.findings)[0]

    view = topic_view(topic, Figures("en_IE"), work_by_finding(samples.estimate_for(report)))

    assert len(view["places"]) == 4
    assert view["more_places"] == 6
    assert view["hours"]


def test_three_numbers_are_cited_in_full_and_more_are_counted() -> None:
    assert cited(("F-01", "F-02", "F-03")) == (["F-01", "F-02", "F-03"], 0)
    assert cited(("F-01", "F-02", "F-03", "F-04")) == (["F-01", "F-02"], 2)
    assert id_span(["F-01", "F-02", "F-03", "F-04"]) == "F-01, F-02 … F-04"


def test_a_finding_without_path_has_no_place() -> None:
    assert place_of(samples.finding(0)) == "src/billing/area_0/module_0.py:10"
    assert place_of(samples.finding(3)) == ""
