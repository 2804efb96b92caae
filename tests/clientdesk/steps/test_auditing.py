"""The audit: every check shown, none lost, the clone removed, the engineer's word kept."""

import threading
from dataclasses import replace

import pytest
from fakes.clock import MONDAY_MORNING
from fakes.desk import NO, SHOP, a_call, a_desk
from fakes.onboarding import audited

from clientdesk.audit.profile import IgnoredPath, Profile
from clientdesk.audit.registry import CHECKS
from clientdesk.audit.result import Outcome, could_not_run
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.documents import DocumentNotKept
from clientdesk.steps import auditing
from clientdesk.steps.auditing import UnknownCheck, ask_engineer, audit, check_ids, in_a_word, kept_audit, pdf_of
from clientdesk.steps.intake import hold_intro_call

ADDRESS = RepositoryAddress(SHOP)


def client_of(desk):
    return hold_intro_call(desk, a_call()).client


def test_every_check_has_its_line_in_the_reports_order():
    report = audit(a_desk(), ADDRESS)

    assert [result.check for result in report.results] == [check.id for check in CHECKS] == list(check_ids())


def test_checks_named_run_in_the_reports_order_whatever_order_they_are_named_in():
    report = audit(a_desk(), ADDRESS, check_ids(["structure", "ci"]))

    assert [result.check for result in report.results] == ["ci", "structure"]


def test_unknown_check_is_named_with_those_there_are():
    with pytest.raises(UnknownCheck, match=r"'sekurity': choose from secrets, secret-files"):
        check_ids(["sekurity"])


def test_check_that_fails_loses_nothing_of_the_others(monkeypatch, caplog):
    crash = replace(auditing._BY_ID["ci"], look=lambda repository, today: 1 / 0)
    monkeypatch.setitem(auditing._BY_ID, "ci", crash)

    report = audit(a_desk(), ADDRESS)

    outcomes = {result.check: result.outcome for result in report.results}
    assert len(outcomes) == len(CHECKS)
    assert outcomes["ci"] is Outcome.COULD_NOT_RUN
    assert outcomes["structure"] is Outcome.FOUND
    assert "ZeroDivisionError" in next(result.reason for result in report.results if result.check == "ci")


def test_checks_run_at_the_same_time(monkeypatch):
    barrier = threading.Barrier(2, timeout=10)
    for name in ("ci", "structure"):
        waiting = replace(auditing._BY_ID[name], look=lambda repository, today, n=name: _met(barrier, n))
        monkeypatch.setitem(auditing._BY_ID, name, waiting)

    report = audit(a_desk(), ADDRESS, check_ids(["ci", "structure"]))

    assert [result.reason for result in report.results] == ["met", "met"]


def _met(barrier, name):
    barrier.wait()
    return could_not_run(name, "met")


def test_clone_is_removed_however_the_audit_ends(monkeypatch):
    desk = a_desk()
    audit(desk, ADDRESS)
    assert desk.checkouts.kept == {}

    monkeypatch.setattr(auditing, "report_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        audit(desk, ADDRESS)

    assert desk.checkouts.kept == {}


def test_address_that_is_refused_is_shown_as_failed_and_raises():
    desk = a_desk({SHOP: Refusal("there is nothing there")})

    with pytest.raises(Refusal, match="nothing there"):
        audit(desk, ADDRESS)

    assert desk.progress.ended == [(f"Clone {SHOP}", "failed")]


def test_audit_is_kept_as_json_that_reads_back_and_as_pdf():
    desk = a_desk()
    client = client_of(desk)

    (kept,) = audited(desk, client, a_call())

    record, report = desk.store.audit(kept), kept_audit(desk, kept)
    assert (report.repository, report.audited_at) == (SHOP, MONDAY_MORNING)
    assert report.findings
    assert desk.documents.kept[pdf_of(record)].startswith(b"%PDF")


def test_audit_is_printed_in_the_clients_language():
    desk = a_desk()
    client = hold_intro_call(desk, replace(a_call(), locale="de_DE")).client
    (kept,) = audited(desk, client, a_call())
    name = pdf_of(desk.store.audit(kept))

    assert b"de-DE" in desk.documents.kept[name]
    ask_engineer(desk, [kept])

    assert b"de-DE" in desk.documents.kept[name]


def test_audit_that_is_signed_off_unread_is_printed_once_and_signed():
    desk = a_desk()
    desk.decisions.are_read = False
    (kept,) = audited(desk, client_of(desk), a_call())
    name = pdf_of(desk.store.audit(kept))

    assert name not in desk.documents.kept
    ask_engineer(desk, [kept])

    assert b"Ada Engineer" in desk.documents.kept[name]


def test_where_forms_are_decided_on_a_person_has_a_document_to_read_first():
    desk = replace(a_desk(), decisions=None)

    (kept,) = audited(desk, client_of(desk), a_call())

    assert pdf_of(desk.store.audit(kept)) in desk.documents.kept


def test_audit_whose_report_can_not_be_kept_has_no_record():
    desk = a_desk()
    client = client_of(desk)
    desk.documents.failure = DocumentNotKept("the disk is full")

    with pytest.raises(DocumentNotKept):
        audited(desk, client, a_call())

    assert desk.store.audits_of(client) == ()


def test_engineers_yes_is_kept_with_name_time_and_words():
    desk = a_desk()
    audits = audited(desk, client_of(desk), a_call())

    ask_engineer(desk, audits)

    sign_off = desk.store.audit(audits[0]).sign_off
    assert (sign_off.engineer, sign_off.at, sign_off.notes) == ("Ada Engineer", MONDAY_MORNING, "read it")
    printed = desk.documents.get(auditing.pdf_of(desk.store.audit(audits[0])))
    assert b"Ada Engineer" in printed
    ((_, facts, documents),) = desk.decisions.asked
    assert facts[0].startswith(f"{SHOP} at aaaaaaaaaa: ")
    assert documents[0].endswith(".pdf")


def test_engineers_no_is_kept_nowhere():
    desk = a_desk(None, NO)
    audits = audited(desk, client_of(desk), a_call())

    assert not ask_engineer(desk, audits).is_yes
    assert desk.store.audit(audits[0]).sign_off is None


def test_one_finding_is_one_finding():
    desk = a_desk()

    words = [in_a_word(result) for result in audit(desk, ADDRESS, check_ids(["ci", "structure"])).results]

    assert words[0] == "1 finding"
    assert words[1].endswith(" findings")


def test_audit_that_is_kept_is_judged_by_the_engineers_profile():
    profile = Profile("shop.toml", "0" * 64, ignored=(IgnoredPath("**", "switched off"),))
    desk = replace(a_desk(), profile=profile)

    (kept,) = audited(desk, client_of(desk), a_call())

    report = kept_audit(desk, kept)
    assert report.profile is not None
    assert report.profile.name == "shop.toml"
    assert {one.reason for one in report.set_aside} <= {"switched off"}
    assert not any(each.finding.path for each in report.findings)
