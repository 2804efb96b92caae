"""`clientdesk estimate` on a kept audit and on a file."""

from fakes.command import refused, said
from fakes.desk import a_desk
from fakes.offers import an_offer

from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.looking_up import kept_audits
from clientdesk.steps.printing import audit_as


def test_audits_that_are_kept_are_listed():
    desk, _ = an_offer()

    assert said(desk, "estimate").startswith(kept_audits(desk.store)[0].id[:8])
    assert "no audit is kept yet" in said(a_desk(), "estimate")


def test_kept_audit_and_its_file_give_the_same_table(tmp_path):
    desk, _ = an_offer()
    audit = kept_audits(desk.store)[0].id
    file = tmp_path / "shop.json"
    file.write_bytes(audit_as(desk, kept_audit(desk, audit), "json"))

    table = said(desk, "estimate", audit)

    assert "hours in all" in table
    assert "because of F-01" in table
    assert said(desk, "estimate", str(file)) == table


def test_what_is_no_audit_is_refused(tmp_path):
    file = tmp_path / "note.json"
    file.write_text("hello")

    assert "is no audit" in refused(a_desk(), "estimate", str(file))
    assert "there is no audit" in refused(a_desk(), "estimate", "nothing")
