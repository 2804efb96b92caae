from dataclasses import replace

from fakes import samples
from fakes.agency import AGENCY

from clientdesk.audit.result import judged
from clientdesk.documents.audit_report import audit_view


def test_every_finding_is_in_the_register_up_to_a_thousand() -> None:
    view = audit_view(samples.audit(1200), AGENCY, "en_IE", None)

    assert sum(len(rows) for rows in view["register"]) == 1000
    assert view["register_left_out"] == 200


def test_the_matrix_counts_each_topic_once() -> None:
    report = samples.audit(40)

    view = audit_view(report, AGENCY, "en_IE", samples.estimate_for(report))

    assert sum(cell["count"] for row in view["matrix"] for cell in row["cells"]) == view["topic_total"] == 4


def test_without_an_estimate_nothing_is_sized() -> None:
    view = audit_view(samples.audit(40), AGENCY, "en_IE", None)

    assert all(cell["count"] == 0 for row in view["matrix"] for cell in row["cells"][:3])
    assert view["work"] == []


def test_the_first_actions_are_the_estimates_own_order() -> None:
    report = samples.audit(40)

    actions = audit_view(report, AGENCY, "en_IE", samples.estimate_for(report))["actions"]

    assert [action["ids"] for action in actions] == ["F-01", "F-11", "F-21"]


def test_what_could_not_run_is_apart_from_gaps_of_what_did() -> None:
    view = audit_view(samples.audit(), AGENCY, "en_IE", None)

    assert [check["id"] for check in view["not_run"]] == ["secrets"]
    assert [gap["text"] for gap in view["gaps"]] == ["2 files could not be parsed: Python 3.13."]
    assert view["outcomes"] == {"clean": 1, "found": 4, "not_applicable": 1, "could_not_run": 1, "ran_in_part": 0}


def test_a_check_that_found_nothing_in_what_it_could_see_says_what_it_could_not() -> None:
    unseen = judged("data-smells", (), "Nothing that slows down.", gaps=("The record of the database is missing.",))
    report = replace(samples.audit(0), results=(unseen,))

    view = audit_view(report, AGENCY, "en_IE", None)

    assert view["not_run"] == []
    assert [gap["text"] for gap in view["gaps"]] == ["The record of the database is missing."]
    assert [(check["outcome"], check["reason"]) for check in view["checks"]] == [
        ("ran_in_part", "The record of the database is missing.")
    ]


def test_a_folder_of_this_machine_is_named_without_its_path() -> None:
    local = audit_view(samples.audit(name="/home/ada/clients/shop"), AGENCY, "en_IE", None)["subject"]
    remote = audit_view(samples.audit(name="git@git.example.com:harbour/shop.git"), AGENCY, "en_IE", None)["subject"]

    assert (local["name"], local["address"]) == ("shop", "shop")
    assert remote["address"] == "git@git.example.com:harbour/shop.git"
