import json

import pytest
from fakes import samples

from clientdesk.documents.audit_causes import NoAuditFile, causes_in
from clientdesk.documents.audit_json import audit_as_json


def _file(**changed: object) -> bytes:
    return json.dumps({**audit_as_json(samples.audit()), **changed}).encode()


def test_every_finding_is_a_cause_with_its_effort_and_severity() -> None:
    audit = causes_in(_file(), "shop.json")

    first = audit.causes[0]
    assert (audit.commit, len(audit.causes)) == (samples.COMMIT, 9)
    assert (first.finding_id, first.effort_key, first.severity_rank) == ("F-01", "dependencies.upgrade", 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is not JSON"),
        (b"%PDF-1.7", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"{}", "schema_version"),
        (_file(schema_version=99), "version 99"),
        (_file(findings=[{"id": "F-01"}]), "findings.0.severity"),
        (b'{"format":"clientdesk.proposal","version":1}', "schema_version"),
    ],
)
def test_what_is_no_audit_is_refused_with_the_place(content: bytes, words: str) -> None:
    with pytest.raises(NoAuditFile, match=words) as refused:
        causes_in(content, "shop.json")

    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("shop.json is")
