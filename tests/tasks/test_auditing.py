"""The tasks of the audit: clones come and go, and only what time may heal is tried again."""

import pytest
from fakes.desk import SHOP, ScriptedDecisions, a_desk, a_form
from prefect.states import Failed

from clientdesk.audit.result import Outcome
from clientdesk.domain.refusal import Refusal
from clientdesk.forms.intake import RepositoryForm
from clientdesk.ports.checkouts import Unreachable
from clientdesk.ports.mail import MessageState, Undelivered
from clientdesk.ports.records import StoreUnavailable
from clientdesk.wiring import using
from tasks.auditing import (
    _may_heal,
    announce_audit,
    check_ids,
    check_repository,
    clone,
    cloned,
    keep_audit,
    mail_announcement,
)
from tasks.deciding import ask_engineer
from tasks.intake import register_client

REPOSITORY = RepositoryForm(address=SHOP)


@pytest.mark.parametrize(
    ("error", "again"),
    [(Unreachable("down"), True), (StoreUnavailable("away"), True), (Refusal("no"), False), (OSError(28), False)],
)
def test_clone_is_tried_again_only_where_that_may_help(error, again):
    assert _may_heal(clone, None, Failed(data=error)) is again
    assert clone.retries == 2


def test_clone_is_removed_however_the_audit_ends(monkeypatch):
    monkeypatch.setattr("tasks.auditing.clone", clone.fn)

    with using(a_desk()) as desk:
        with pytest.raises(KeyError), cloned(REPOSITORY):  # noqa: PT012 - what holds inside is part of the promise
            assert len(desk.checkouts.kept) == 1
            raise KeyError

        assert desk.checkouts.kept == {}


@pytest.mark.parametrize(("decisions", "count"), [(None, 1), (ScriptedDecisions(), 0)])
def test_team_is_told_once_where_nobody_sits_at_the_terminal(monkeypatch, decisions, count):
    monkeypatch.setattr("tasks.auditing.mail_announcement", mail_announcement.fn)

    with using(a_desk(decisions=decisions)) as desk:
        client = register_client.fn(a_form()).client
        checkout = clone.fn(REPOSITORY)
        audit = keep_audit.fn(client, checkout, [check_repository.fn("ci", checkout)])
        announce_audit(audit)
        announce_audit(audit)

    assert [mail.key.purpose for mail in desk.store.messages()] == ["audit-finished"] * count


def test_announcement_that_nobody_knows_the_fate_of_is_an_event(monkeypatch):
    told = []
    monkeypatch.setattr("tasks.sending.tell_uncertain", told.append)

    with using(a_desk(mails=True)) as desk:
        desk.mailer.failures = [Undelivered(MessageState.UNCERTAIN, "silence")]
        checkout = clone.fn(REPOSITORY)
        audit = keep_audit.fn(register_client.fn(a_form()).client, checkout, [check_repository.fn("ci", checkout)])
        mail_announcement.fn(audit)

    assert told == [mail.id for mail in desk.store.messages()]
    assert len(told) == 1


def test_checks_are_run_kept_and_signed_off():
    with using(a_desk()) as desk:
        client = register_client.fn(a_form()).client
        checkout = clone.fn(REPOSITORY)
        results = [check_repository.fn(check, checkout) for check in check_ids()]
        audit = keep_audit.fn(client, checkout, results)

        assert ask_engineer.fn([audit]).is_yes

    assert {result.outcome for result in results} >= {Outcome.FOUND, Outcome.COULD_NOT_RUN}
    assert desk.store.audit(audit).sign_off.engineer == "Ada Engineer"


def test_second_attempt_finds_the_audit_that_the_first_has_kept(monkeypatch):
    monkeypatch.setattr("tasks.auditing._of_this_call", lambda: "f00d")
    with using(a_desk()) as desk:
        client = register_client.fn(a_form()).client
        checkout = clone.fn(REPOSITORY)
        results = [check_repository.fn("ci", checkout)]

        audits = {keep_audit.fn(client, checkout, results) for _ in range(2)}

    assert audits == {"f00d"}
    assert len([name for name in desk.documents.kept if name.endswith(f"-{client[:8]}.json")]) == 1
