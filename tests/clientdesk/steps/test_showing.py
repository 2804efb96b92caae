"""What is shown comes from the records."""

from fakes.business import a_client
from fakes.desk import SHOP, a_call, a_desk
from fakes.offers import an_offer
from fakes.onboarding import audited

from clientdesk.audit.report import SignOff
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.showing import (
    audits_of,
    audits_pictured,
    brief_of,
    estimate_shown,
    finding_choices,
    findings_of,
    key_of,
    proposal_shown,
    release_shown,
)


def test_key_is_the_same_for_the_same_client_and_fit_for_an_artifact():
    desk, record = an_offer()

    key = key_of(desk, "audit", record.client)

    assert key == key_of(desk, "audit", record.client) == f"audit-harbour-bookings-gmbh-{record.client[:8]}"


def test_key_keeps_the_letters_under_accents():
    desk = a_desk()
    client = a_client(desk.store, "Söhne & Café GmbH")

    assert key_of(desk, "audit", client) == f"audit-sohne-cafe-gmbh-{client[:8].strip('-')}"


def test_brief_names_the_company():
    desk = a_desk()

    assert "Harbour Bookings GmbH" in brief_of(desk, hold_intro_call(desk, a_call()))


def test_audits_and_proposal_name_their_documents():
    desk, record = an_offer()
    (audit,) = desk.store.audits_of(record.client)

    assert SHOP in audits_of(desk, [audit.id])
    assert ".pdf" in audits_of(desk, [audit.id])
    assert "\n| F-01 | " in findings_of(desk, [audit.id])
    assert desk.documents.place(record.pdf) in proposal_shown(desk, record.id)


def test_account_lead_sees_the_audits_behind_a_proposal_and_who_answers_for_them():
    desk, record = an_offer()
    (audit,) = desk.store.audits_of(record.client)

    shown = release_shown(desk, record.id)
    desk.store.sign_off(audit.id, SignOff("Ada Engineer", desk.clock.now(), ""))

    assert shown.startswith(proposal_shown(desk, record.id))
    assert shown.endswith(estimate_shown(desk, record.id))
    assert "signed off by Ada Engineer" in release_shown(desk, record.id)
    assert SHOP in shown


def test_findings_can_be_chosen_from_by_number_and_words():
    desk, record = an_offer()
    (audit,) = desk.store.audits_of(record.client)

    first, *_ = finding_choices(desk, [audit.id])

    assert first.startswith("F-01 ")
    assert len(first) <= 42


def test_findings_are_drawn_where_there_is_room():
    desk = a_desk()
    client = hold_intro_call(desk, a_call(SHOP)).client
    audits = audited(desk, client, a_call(SHOP))

    assert "![Findings by check and severity](data:image/svg+xml;base64," in audits_pictured(desk, audits)
    assert "data:" not in audits_of(desk, audits)
