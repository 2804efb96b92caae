"""The audit with the engine: checks run at once, a crash costs itself, only the unreachable is cloned again."""

import threading
from dataclasses import replace

import pytest
from fakes.desk import SHOP, a_call, a_desk, shop
from prefect.client.orchestration import get_client

from clientdesk.audit.result import Outcome, could_not_run
from clientdesk.domain.refusal import Refusal
from clientdesk.forms.intake import RepositoryForm
from clientdesk.ports.checkouts import Unreachable
from clientdesk.steps import auditing
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.looking_up import NotFound
from clientdesk.wiring import using
from flows.light_audit import audit_repository
from tasks.auditing import clone

pytestmark = pytest.mark.engine
REPOSITORY = RepositoryForm(address=SHOP)


def look_instead(monkeypatch, check, look):
    monkeypatch.setitem(auditing._BY_ID, check, replace(auditing._BY_ID[check], look=look))


def test_checks_run_at_once_and_a_crash_in_one_loses_nothing_of_the_others(monkeypatch, caplog):
    barrier = threading.Barrier(2, timeout=20)
    for name in ("ci", "structure"):
        look_instead(monkeypatch, name, lambda *_, n=name: (barrier.wait(), could_not_run(n, "met"))[1])
    look_instead(monkeypatch, "lockfiles", lambda *_: 1 / 0)

    with using(a_desk()) as desk:
        audit = audit_repository(hold_intro_call(desk, a_call()).client, REPOSITORY)

    results = {result.check: result for result in auditing.kept_audit(desk, audit).results}
    assert set(results) == set(auditing.check_ids())
    assert (results["ci"].reason, results["structure"].reason) == ("met", "met")
    assert results["lockfiles"].outcome is Outcome.COULD_NOT_RUN
    assert "ZeroDivisionError" in results["lockfiles"].reason


@pytest.mark.parametrize(("refusal", "tries"), [(Unreachable("it is down"), 3), (Refusal("no such repository"), 1)])
def test_clone_is_tried_again_only_where_that_may_help(monkeypatch, refusal, tries):
    monkeypatch.setattr(clone, "retry_delay_seconds", [0, 0])
    with using(a_desk({SHOP: shop()})) as desk:
        client = hold_intro_call(desk, a_call()).client
        desk.checkouts._sources[SHOP] = refusal

        with pytest.raises(type(refusal)):
            audit_repository(client, REPOSITORY)

    assert desk.progress.ended.count((f"Clone {SHOP}", "failed")) == tries


def test_client_and_repository_are_named_as_people_name_them():
    with using(a_desk()) as desk:
        client = hold_intro_call(desk, a_call()).client

        audit = audit_repository("Harbour", RepositoryForm(address="shop"))

    assert (desk.store.audit(audit).client, desk.store.audit(audit).repository) == (client, SHOP)


def test_page_shows_how_far_the_audit_is_and_at_the_end_what_came_of_it():
    with using(a_desk()) as desk:
        client = hold_intro_call(desk, a_call()).client
        audit_repository(client, REPOSITORY)

    with get_client(sync_client=True) as server:
        shown = {kept.key: kept for kept in server.read_artifacts()}

    progress, audit = (shown[f"{what}-shop-harbour-bookings-gmbh-{client[:8]}"] for what in ("progress", "audit"))
    assert (progress.type, progress.data) == ("progress", 100)
    assert progress.description.endswith(f"{len(auditing.check_ids())} of {len(auditing.check_ids())} checks done")
    assert audit.data.startswith("## shop\n")


def test_unknown_client_is_refused_before_anything_is_cloned():
    with using(a_desk()) as desk:
        hold_intro_call(desk, a_call())

        with pytest.raises(NotFound, match="did you mean Harbour Bookings GmbH"):
            audit_repository("Harbor", REPOSITORY)

    assert desk.progress.ended == []
