from __future__ import annotations

import pytest

from clientdesk.adapters.advisories.cvss_severity import severity_of
from clientdesk.audit.result import Severity

V2 = {"type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:P/I:P/A:P"}
V3 = {"type": "CVSS_V3", "score": "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N"}
WORST_V3 = {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}
V4 = {"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}


@pytest.mark.parametrize(
    ("vectors", "expected"),
    [
        ([V2], (Severity.HIGH, 7.5)),
        ([V3], (Severity.MEDIUM, 6.5)),
        ([V3, WORST_V3], (Severity.CRITICAL, 9.8)),
        ([WORST_V3, V4, V2], (Severity.CRITICAL, 9.3)),
    ],
)
def test_the_newest_version_of_cvss_counts_and_of_it_the_worst_vector(vectors, expected):
    assert severity_of({"severity": vectors}) == expected


def test_a_vector_beside_what_is_affected_counts_too():
    assert severity_of({"affected": [{"severity": [V3]}]}) == (Severity.MEDIUM, 6.5)


@pytest.mark.parametrize(
    "vector",
    ["", "CVSS:3.1/AV:N", "nonsense", "CVSS:3.1/" + "A" * 5000, "CVSS:3.1/AV:N/AV:N", V2["score"]],
)
def test_a_vector_that_is_none_falls_back_on_the_publishers_word(vector):
    record = {"severity": [{"type": "CVSS_V3", "score": vector}], "database_specific": {"severity": "MODERATE"}}

    assert severity_of(record) == (Severity.MEDIUM, None)


def test_a_bare_score_is_read_where_there_is_no_vector():
    assert severity_of({"database_specific": {"cvss_v2": 4.3, "cvss_v3": 8.8}}) == (Severity.HIGH, 8.8)


def test_a_malicious_package_is_critical_although_nobody_scores_it():
    assert severity_of({"id": "MAL-2026-1"})[0] is Severity.CRITICAL


@pytest.mark.parametrize("record", [{}, {"severity": 7}, {"severity": [7, {}]}, {"database_specific": {"cvss": True}}])
def test_nobody_said_is_none(record):
    assert severity_of(record) == (None, None)
