from dataclasses import replace

from fakes import samples
from fakes.agency import AGENCY

from clientdesk.documents.proposal import all_findings, finding_id, proposal_view
from clientdesk.domain.pricing import PlanKind


def test_what_the_client_asked_for_and_we_do_not_do_comes_first_with_the_partner() -> None:
    report = samples.audit()

    rows = proposal_view(samples.proposal(report), AGENCY, [report])["not_served"]

    assert (rows[0]["what"], rows[0]["asked"], rows[0]["partner"]) == ("24x7", True, "Night Owl Ltd")
    assert [row["asked"] for row in rows] == [True, False, False]


def test_a_check_that_could_not_run_is_told_to_the_client() -> None:
    report = samples.audit()

    view = proposal_view(samples.proposal(report), AGENCY, [report])

    assert any("200,000 files" in gap["text"] for gap in view["not_examined"])
    assert any("Python 3.13" in gap["text"] for gap in view["not_examined"])


def test_at_most_four_topics_are_told_and_the_others_are_counted() -> None:
    report = samples.audit(400)

    view = proposal_view(samples.proposal(report), AGENCY, [report])

    assert len(view["topics"]) == 4
    assert view["topics_left_out"] > 0


def test_targets_follow_from_what_the_plan_mends() -> None:
    report = samples.audit(9)

    rows = {row["what"]: row for row in proposal_view(samples.proposal(report), AGENCY, [report])["outcomes"]}

    assert (rows["planned"]["baseline"], rows["planned"]["target"]) == (9, 0)
    assert (rows["urgent"]["baseline"], rows["urgent"]["target"]) == (5, 0)
    assert rows["not_run"]["baseline"] == 1


def test_a_retainer_lists_the_work_that_its_hours_are_used_for() -> None:
    report = samples.audit()

    retainer = proposal_view(samples.proposal(report, plan=PlanKind.RETAINER), AGENCY, [report])
    sprint = proposal_view(samples.proposal(report, plan=PlanKind.UPGRADE_SPRINT), AGENCY, [report])

    assert len(retainer["work"]) == 4
    assert sprint["work"] == []


def test_findings_of_several_repositories_tell_which_they_are_of() -> None:
    first, second = samples.audit(2), replace(samples.audit(2), repository="https://git.example.com/harbour/app.git")

    numbers = [each.id for each in all_findings([first, second])]

    assert numbers == ["R1-F-01", "R2-F-01", "R1-F-02", "R2-F-02"]
    assert finding_id("F-01", 1, 1) == "F-01"
