"""The lines at the end say what happened, and what to do where nothing was sent."""

from fakes.desk import BOOKING, NO, SHOP, YES, a_call, a_desk
from fakes.onboarding import onboarded

from clientdesk.steps.summary import places_of, summary_of


def told(*answers, addresses=(SHOP,)):
    desk = a_desk(None, *answers)
    done = onboarded(desk, a_call(*addresses))
    return summary_of(desk, done), places_of(desk, done)


def test_summary_says_fit_verdict_plan_price_window_and_number():
    lines, places = told()

    assert [title for title, _ in lines] == ["Fit", "Verdict", "Plan", "Price", "First window", "Proposal"]
    assert dict(lines)["Proposal"].startswith("P-2026-0001, valid until ")
    assert [title for title, _ in places] == ["Audit", "Proposal PDF", "E-mail"]


def test_each_repository_has_its_verdict_and_its_report():
    lines, places = told(addresses=(SHOP, BOOKING))

    assert [title for title, _ in lines].count("Verdict") == 2
    assert [title for title, _ in places].count("Audit") == 2


def test_without_sign_off_there_is_no_proposal_and_the_next_step_is_said():
    lines, places = told(NO)

    assert dict(lines)["Proposal"].startswith("none: the engineer did not sign the audit off")
    assert [title for title, _ in places] == ["Audit"]


def test_without_approval_it_says_not_sent():
    lines, places = told(YES, NO)

    assert dict(lines)["Proposal"] == "in review: not sent. Run again to be asked again."
    assert [title for title, _ in places] == ["Audit", "Proposal PDF"]
