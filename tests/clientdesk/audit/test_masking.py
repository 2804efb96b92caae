from __future__ import annotations

import pytest
from fakes.planted import ADDRESS, GITHUB, KEY, PASSWORD, SLACK, STRIPE

from clientdesk.audit.masking import masked, without_secrets
from clientdesk.audit.result import Confidence, Finding, Severity, judged


@pytest.mark.parametrize(
    ("secret", "line"),
    [
        (GITHUB, f"requests.get(url, headers={{'Authorization': 'token {GITHUB}'}})"),
        (SLACK, f"client = Client({SLACK})"),
        (STRIPE, f"stripe.api_key = '{STRIPE}'"),
        (PASSWORD, f"connect('{ADDRESS}')"),
        ("aB3" * 8, f'sign("{"aB3" * 8}", verify=False)'),
        (KEY.splitlines()[1], f"load('{KEY}')"),
    ],
)
def test_what_looks_like_a_secret_is_left_out_and_the_rest_stays(secret, line):
    shown = without_secrets(line)

    assert secret not in shown
    assert "\N{HORIZONTAL ELLIPSIS}" in shown
    assert shown[:5] == line[:5]


@pytest.mark.parametrize(
    "line",
    [
        "subprocess.run(command, shell=True)",
        "uses: actions/checkout@34e114876b0b11c390a56381ad16ebd13914f8d5",
        "hashlib.md5('the quick brown fox jumps over'.encode())",
        "open('config/locales/en/documentation.yml')",
        "https://example.com/a:b@c",
        "Value masked: ghp_\N{HORIZONTAL ELLIPSIS} (40 characters); SHA-256 begins 33539f66aa00.",
    ],
)
def test_ordinary_code_is_quoted_as_it_is(line):
    assert without_secrets(line) == line


def test_title_and_evidence_of_every_finding_are_masked():
    told = {"consequence": "c", "fix_now": "f", "title": f"in {GITHUB}", "evidence": f"x = {STRIPE}"}
    finding = Finding("security", "r", Severity.LOW, Confidence.HIGH, **told)

    result = masked(judged("security", (finding, finding), "found"))

    assert len(result.findings) == 2
    assert GITHUB not in repr(result)
    assert STRIPE not in repr(result)
