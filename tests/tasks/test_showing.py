"""Artifacts: one per client and kind, with what the records say."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from fakes.desk import a_desk, a_form
from fakes.offers import an_offer
from prefect.futures import PrefectConcurrentFuture

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


@pytest.mark.parametrize(("pause", "told"), [(0, [0, 50, 100]), (3600, [0, 100])])
def test_checks_are_counted_as_they_end_not_too_often_and_come_back_as_they_began(monkeypatch, pause, told):
    seen = []
    monkeypatch.setattr(showing, "_TELL_SECONDS", pause)
    monkeypatch.setattr(showing, "create_progress_artifact", lambda *shown: seen.append(shown) or "page")
    monkeypatch.setattr(showing, "update_progress_artifact", lambda page, *shown: seen.append((page, *shown)))
    with using(a_desk()), ThreadPoolExecutor(2) as pool:
        client = register_client.fn(a_form()).client
        running = [PrefectConcurrentFuture(uuid4(), pool.submit(lambda name=name: name)) for name in ("ci", "secrets")]

        results = showing.shown_as_it_goes(client, "https://git.example/harbour/shop.git", running)

    assert results == ["ci", "secrets"]
    (_, key, _), *_ = seen
    assert key.startswith("progress-shop-harbour-bookings-gmbh-")
    assert [shown[1] if shown[0] == "page" else shown[0] for shown in seen] == told
    assert seen[-1][-1].endswith("2 of 2 checks done")


def test_audits_and_proposal_are_shown(monkeypatch):
    made = recorded(monkeypatch)
    desk, record = an_offer()
    with using(desk):
        showing.show_audits.fn(
            record.client, [audit.id for audit in desk.store.audits_of(record.client)], "as measured"
        )
        showing.show_proposal.fn(record.client, record.id, "as sent")

    assert sorted(key.partition("-")[0] for key in made) == ["audit", "estimate", "findings", "proposal"]
