from __future__ import annotations

import time

import pytest
from fakes.planted import KEY
from fakes.scanner_rules import rules, words

from clientdesk.adapters.analysers import kingfisher as scanner
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


def test_scans_of_both_kinds_share_one_compiled_set(tmp_path):
    (tmp_path / "a.txt").write_text("nothing\n")
    kingfisher = Kingfisher(tmp_path / "rules")

    for everything in (False, True):
        kingfisher.scan(tmp_path, ["a.txt", "--git-history", "none"], time.monotonic() + 100, everything=everything)

    assert len(list((tmp_path / "rules").glob("*.vscdb"))) == 1


def test_ordinary_scans_find_with_it_what_they_find_without_it(tmp_path, tmp_path_factory, monkeypatch):
    """Each rule's secret beside what this one looks for, so that a place that both match would show."""
    for name, pattern in rules(scanner._binary()).items():
        secret = words(pattern, name)
        lines = [f"{part} {secret}\n{part}{secret} \nx = '{secret}'\n" for part in _PARTS[:6]]
        (tmp_path / f"{name.replace('/', '-')}.py").write_text("".join(lines))

    def found():
        kingfisher = Kingfisher(tmp_path_factory.mktemp("rules"))
        scanned = kingfisher.scan(tmp_path, [".", "--git-history", "none"], time.monotonic() + 100)
        return sorted((hit.path, hit.line, hit.first, hit.last, hit.rule, hit.confidence) for hit in scanned.hits)

    with_it = found()
    monkeypatch.setattr(scanner, "RULES_FILE", '{"rules": []}')

    assert found() == with_it
    assert len({rule for *_, rule, _ in with_it}) > 250
