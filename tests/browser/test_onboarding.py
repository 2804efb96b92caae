"""A client is taken from the intro call's form to a signed answer, in the browser, by three people in turn."""

import re
import sqlite3
from pathlib import Path

import pytest
import yaml
from fakes.team_pages import Form, TeamPages
from playwright.sync_api import expect

COMPANY = "Harbour Bookings GmbH"
DEPLOYMENTS = yaml.safe_load((Path(__file__).parents[2] / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.fixture
def pages(team, page):
    opened = TeamPages(page, team.pages)
    opened.log_in(team.login)
    return opened


def rows(team, question):
    with sqlite3.connect(team.home / "clientdesk.db") as connection:
        found = connection.execute(question).fetchall()
    connection.close()
    return found


def mails_to_client(team):
    return [each for each in team.inbox.received if each.rcpt_tos == ["nora@harbour-bookings.com"]]


def test_client_goes_from_the_form_to_an_accepted_proposal(team, pages, page, shot):
    shot(page, "02-dashboard")
    intro_call_is_filled_in(team, pages, page, shot)
    engineer_signs_off(pages, page, shot)
    account_lead_sends(team, pages, page, shot)
    artifacts_are_read(pages, page, shot)
    answer_is_put_down(team, pages, page, shot)


def intro_call_is_filled_in(team, pages, page, shot):
    pages.open_deployment("onboarding")
    shot(page, "03-deployment")
    pages.open_run_form("onboarding")
    form = Form(page)
    shot(page, "04-run-form", whole=True)

    pages.submit()  # nothing is filled in yet
    expect(page.get_by_text("is a required property").first).to_be_visible()
    form.write("Company", COMPANY)
    form.write("Name", "Nora Feld")
    form.write("E-mail address", "nora at harbour")
    form.write("Address", team.repository)
    pages.submit()
    expect(page.get_by_text("'nora at harbour' is not a 'email'")).to_be_visible()
    shot(page, "05-run-form-refused", whole=True)

    form.write("E-mail address", "nora@harbour-bookings.com")
    form.choose("Interested in", "a retainer: hours every month")
    form.choose("Country", "Germany (DE)")
    form.choose("Language of the documents", "English (Ireland)")
    form.write("Pains, in the client's words", "Releases take days.\nNobody dares to upgrade.")
    shot(page, "06-run-form-filled-in", whole=True)
    pages.start_run()
    pages.open_run(f"onboarding/{COMPANY}")
    shot(page, "07-running")


def engineer_signs_off(pages, page, shot):
    pages.wait_for_state("Suspended")
    shot(page, "08-suspended")
    form = pages.open_resume("F-01")
    shot(page, "09-engineer-reads")
    assert form.chosen("What shall happen") == "accept"
    form.add_to("Severities to change")
    form.choose("Finding", re.compile("^F-01 "))
    form.choose("Severity", "low")
    form.write("Notes for the report", "Read twice.")
    shot(page, "10-engineer-decides")
    pages.resume()

    pages.wait_for_state("Suspended")
    form = pages.open_resume("the severity of F-01 is set without a reason")
    shot(page, "11-engineer-is-asked-again")
    assert form.box("Notes for the report").input_value() == "Read twice."
    assert form.chosen("Finding").startswith("F-01 ")
    assert form.chosen("Severity") == "low"
    form.write("Reason", "It is reached from inside alone.")
    pages.resume()


def account_lead_sends(team, pages, page, shot):
    pages.wait_for_state("Suspended")
    form = pages.open_resume("Recommended")
    shot(page, "12-account-lead-reads")
    form.write("Discount in percent", "10")
    form.write("Your words in the mail", "It was a pleasure to talk to you.")
    shot(page, "13-account-lead-decides")
    pages.resume()

    pages.wait_for_state("Suspended")
    form = pages.open_resume("a change has to be seen before it goes out")
    shot(page, "14-account-lead-is-asked-again")
    assert mails_to_client(team) == []
    assert form.box("Discount in percent").input_value() == "10"
    assert form.box("Your words in the mail").input_value() == "It was a pleasure to talk to you."
    form.write("Discount in percent", "")
    pages.resume()


def artifacts_are_read(pages, page, shot):
    pages.wait_for_state("Suspended")
    pages.open_tab("Artifacts")
    page.get_by_text("proposal-harbour-bookings-gmbh").first.wait_for()
    shot(page, "15-artifacts")
    run = page.url
    for kind, words in {"audit": "F-01", "findings": "F-01", "estimate": "Hours", "proposal": "Recommended"}.items():
        pages.open_artifact(f"{kind}-harbour-bookings-gmbh")
        expect(page.get_by_role("main")).to_contain_text(words)
        shot(page, f"16-artifact-{kind}", whole=True)
        page.goto(run)
        pages.wait_for_state("Suspended")
        pages.open_tab("Artifacts")


def answer_is_put_down(team, pages, page, shot):
    form = pages.open_resume("The client has")
    assert form.box("Who said so").input_value() == "Nora Feld"
    form.write("In their words", "Yes, please begin with the first window.")
    shot(page, "17-answer")
    pages.resume()
    pages.wait_for_state("Completed")
    shot(page, "18-completed")

    envelope, *_ = mails_to_client(team)
    assert b"It was a pleasure to talk to you." in envelope.content
    assert rows(team, "select count(*) from clients") == [(1,)]
    assert rows(team, "select state from proposals") == [("accepted",)]


def test_deployments_show_when_they_run_by_themselves(pages, page, shot):
    page.get_by_role("link", name="Deployments", exact=True).first.click()
    page.get_by_role("link", name="onboarding", exact=True).first.wait_for()
    shot(page, "20-deployments", whole=True)

    for deployment in DEPLOYMENTS:
        if deployment.get("schedules"):
            pages.open_deployment(deployment["name"])
            expect(page.get_by_role("main").get_by_role("switch")).to_have_count(len(deployment["schedules"]))
            expect(page.get_by_role("main").get_by_role("switch").first).to_be_checked()
            shot(page, f"21-schedule-of-{deployment['name']}")


def test_run_forms_have_no_box_for_json(pages, page, shot):
    for deployment in DEPLOYMENTS:
        pages.open_run_form(deployment["name"])
        shot(page, f"22-form-of-{deployment['name']}", whole=True)
        assert page.locator(".cm-editor").count() == 0, deployment["name"]
