from __future__ import annotations

import json

import pytest

from clientdesk.adapters.analysers.pip_audit_json import verdicts


def output(*dependencies):
    return json.dumps({"dependencies": dependencies, "fixes": []}).encode()


def test_skipped_package_is_not_examined_and_says_why():
    found = verdicts(output({"name": "flask", "skip_reason": "not found"}), {"flask": "1.0"})

    assert found["flask"].skipped == "not found"


def test_package_that_is_not_mentioned_has_no_verdict():
    assert verdicts(output(), {"flask": "1.0"}) == {}


def test_entry_about_another_version_is_no_verdict():
    assert verdicts(output({"name": "flask", "version": "2.0", "vulns": []}), {"flask": "1.0"}) == {}


def test_other_spelling_of_name_and_version_is_the_same():
    assert "zope-interface" in verdicts(
        output({"name": "Zope.Interface", "version": "1.0.0", "vulns": []}), {"zope-interface": "1.0"}
    )


@pytest.mark.parametrize("content", [b"", b"No known vulnerabilities found", b"[]", b'{"dependencies": 1}'])
def test_anything_but_its_json_is_refused(content):
    with pytest.raises(ValueError):  # noqa: PT011  any of the parsers' own
        verdicts(content, {"flask": "1.0"})
