"""Audits: one record per content, newest first, with the latest sign-off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.business import NOW, REPORT, a_client, an_audit

from clientdesk.audit.report import SignOff
from clientdesk.ports.records import UnknownRecord


def test_audit_kept_is_found_again(store):
    client = a_client(store)

    record = store.keep_audit(client, REPORT, "audits/a.json", "5ha")

    assert store.audit(record.id) == record
    assert (record.client, record.commit, record.audited_at) == (client, REPORT.commit, REPORT.audited_at)
    assert record.sign_off is None


def test_same_audit_kept_twice_is_one_record(store):
    client = a_client(store)

    assert an_audit(store, client) == an_audit(store, client)
    assert len(store.audits_of(client)) == 1


def test_audit_kept_again_under_its_id_is_the_first_one(store):
    client = a_client(store)

    first = store.keep_audit(client, REPORT, "audits/a.json", "5ha", "f00d")
    again = store.keep_audit(client, REPORT, "audits/b.json", "later", "f00d")

    assert first == again
    assert (first.id, len(store.audits_of(client))) == ("f00d", 1)


def test_audits_of_a_client_come_newest_first(store):
    client = a_client(store)
    newer = replace(REPORT, audited_at=REPORT.audited_at + timedelta(days=1))
    ids = [store.keep_audit(client, newer, "n.json", "new").id, an_audit(store, client), an_audit(store, client, "z")]

    assert [record.id for record in store.audits_of(client)] == [ids[0], ids[2], ids[1]]


def test_sign_off_is_kept_with_who_when_and_why(store):
    audit = an_audit(store, a_client(store))

    store.sign_off(audit, SignOff("Ada", NOW, "first look"))
    store.sign_off(audit, SignOff("Ada", NOW, "second look"))

    assert store.audit(audit).sign_off == SignOff("Ada", NOW, "second look")


def test_unknown_audit_is_refused(store):
    with pytest.raises(UnknownRecord, match="nothing"):
        store.sign_off("nothing", SignOff("Ada", NOW))


def test_audit_of_an_unknown_client_is_refused(store):
    with pytest.raises(UnknownRecord, match="nobody"):
        an_audit(store, "nobody")
