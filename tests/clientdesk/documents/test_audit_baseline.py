from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from fakes.samples import audit
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.audit.comparing import earlier
from clientdesk.audit.report import Aside, SetAside
from clientdesk.documents.audit_baseline import UnusableBaseline, earlier_from_bytes
from clientdesk.documents.audit_json import audit_as_json

REPORT = replace(audit(9), edition="1.0")


def written(report=REPORT):
    return json.dumps(audit_as_json(report)).encode()


def refusal(content):
    with pytest.raises(UnusableBaseline) as error:
        earlier_from_bytes(content, "march.json")
    return str(error.value)


def test_what_was_written_is_read_back_whole():
    assert earlier_from_bytes(written(), "march.json") == earlier(REPORT)


def test_findings_set_aside_then_are_compared_too():
    first, *others = REPORT.findings
    report = replace(REPORT, findings=tuple(others), set_aside=(SetAside(first, Aside.ACCEPTED, "known", "Ada"),))

    told = earlier_from_bytes(written(report), "march.json")

    assert sorted(each.id for each in told.findings) == [each.id for each in REPORT.findings]


def test_keys_that_a_comparison_does_not_need_may_be_missing_or_unknown():
    values = json.loads(written())
    for key in ("metrics", "strengths", "sign_off", "score", "changes", "set_aside"):
        del values[key]
    for check in values["checks"]:
        del check["configuration"]

    told = earlier_from_bytes(json.dumps(values | {"later": 1}).encode(), "march.json")

    assert (len(told.findings), told.points, told.checks[0].configuration) == (9, None, "")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[1]", b"null", b'"x"'])
def test_what_is_no_audit_is_refused_with_what_to_give_instead(content):
    assert refusal(content).startswith("march.json is no ")
    assert "give the file that `clientdesk audit --format json` wrote" in refusal(content)


def test_another_schema_is_refused():
    values = json.loads(written()) | {"schema_version": 7}

    assert refusal(json.dumps(values).encode()) == (
        "march.json is of schema version 7, this program reads 1: audit its commit again"
    )


def test_damage_is_refused_with_its_place():
    values = json.loads(written())
    values["findings"][2]["severity"] = "terrible"

    assert refusal(json.dumps(values).encode()).startswith("march.json is damaged at findings.2.severity (")


@given(st.data())
def test_a_file_cut_off_or_overwritten_is_read_or_refused_and_nothing_else(data):
    content = bytearray(written(audit(2)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(0, len(content)))])

    with suppress(UnusableBaseline):
        earlier_from_bytes(cut, "march.json")
