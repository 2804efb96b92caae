from __future__ import annotations

import time

import pytest
from fakes.planted import KEY

from clientdesk.adapters.analysers.far_sighted_rules import PART
from clientdesk.adapters.analysers.kingfisher import Kingfisher

_PARTS = [
    KEY.splitlines()[0],
    '  "refresh_token": "1//0"',
    '"auth_provider_x509_cert_url": "https://',
    "https://ada:x@git.eu.codecatalyst.aws/v1",
    '<add key="ClearTextPassword" value="',
    "'ZXlK" + "aGJHY2lPaUpJ'",
    "kind: Secret",
    '     -H "Authorization: Bearer x" \\',
    "  --user ada:secret",
]


@pytest.fixture(scope="module")
def told(tmp_path_factory, rules):
    """The lines in which the rule finds a part."""
    folder = tmp_path_factory.mktemp("parts")
    (folder / "a.txt").write_text("\n".join(["nothing", *_PARTS, "kind: Service", "curl of a field", "x -u origin"]))
    kingfisher = Kingfisher(rules)
    found = [
        kingfisher.scan(folder, [".", "--git-history", "none"], time.monotonic() + 60, everything=everything)
        for everything in (True, False)
    ]
    return [{hit.line for hit in one.hits if hit.rule == PART} for one in found]


@pytest.mark.parametrize("number", range(len(_PARTS)))
def test_part_is_found_on_a_line_of_its_own(told, number):
    assert number + 2 in told[0]


def test_other_lines_have_none_and_ordinary_scans_know_no_parts(told):
    assert told == [set(range(2, len(_PARTS) + 2)), set()]
