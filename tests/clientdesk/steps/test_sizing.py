"""An estimate by itself, of a kept audit or of a file."""

import json

import pytest
from fakes.offers import an_offer

from clientdesk.documents.audit_causes import NoAuditFile
from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.looking_up import NotFound, kept_audits
from clientdesk.steps.printing import audit_as
from clientdesk.steps.publishing import kept_proposal
from clientdesk.steps.sizing import size_file, size_kept


def test_kept_audit_and_its_file_are_sized_as_the_proposal_was():
    desk, record = an_offer()
    audit = kept_audits(desk.store)[0].id
    file = audit_as(desk, kept_audit(desk, audit), "json")

    kept, read = size_kept(desk, audit[:-1]), size_file(desk, file, "shop.json")

    assert kept == read
    assert kept.estimate == kept_proposal(desk, record).estimate
    assert kept.commit == "a" * 40


def test_audit_that_is_not_kept_and_file_that_is_none_are_refused():
    desk, _ = an_offer()

    with pytest.raises(NotFound, match="no audit"):
        size_kept(desk, "nothing-here")
    with pytest.raises(NoAuditFile, match=r"shop\.json"):
        size_file(desk, json.dumps({"schema_version": 1}).encode(), "shop.json")
