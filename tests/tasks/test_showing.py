"""Artifacts: one per client and kind, with what the records say."""

from fakes.desk import a_desk, a_form
from fakes.offers import an_offer

from clientdesk.wiring import using
from tasks import showing
from tasks.intake import register_client


def recorded(monkeypatch):
    made = {}
    monkeypatch.setattr(showing, "create_markdown_artifact", lambda text, key, description: made.update({key: text}))
    return made


def test_brief_is_shown_under_the_clients_name(monkeypatch):
    made = recorded(monkeypatch)
    with using(a_desk()):
        showing.show_brief.fn(register_client.fn(a_form()))

    ((key, text),) = made.items()
    assert key.startswith("intake-harbour-bookings-gmbh-")
    assert "Nora Feld" in text


def test_audits_and_proposal_are_shown(monkeypatch):
    made = recorded(monkeypatch)
    desk, record = an_offer()
    with using(desk):
        showing.show_audits.fn(
            record.client, [audit.id for audit in desk.store.audits_of(record.client)], "as measured"
        )
        showing.show_proposal.fn(record.client, record.id, "as sent")

    assert sorted(key.partition("-")[0] for key in made) == ["audit", "estimate", "findings", "proposal"]
