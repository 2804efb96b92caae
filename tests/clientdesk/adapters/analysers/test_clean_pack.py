from __future__ import annotations

import sys
import time

import pytest
from fakes.planted import GITHUB, KEY
from fakes.scanner_rules import rules as patterns
from fakes.scanner_rules import words

from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.clean_pack import hits_in
from clientdesk.adapters.analysers.kingfisher import Kingfisher, _binary

LINE = f"token = '{GITHUB}'\n"


@pytest.fixture
def found(rules):
    def scan(files):
        return hits_in(files.items(), Kingfisher(rules), time.monotonic() + 60)

    return scan


def places(hits):
    return sorted((hit.rule, hit.path, hit.line, hit.first, hit.last, hit.confidence) for hit in hits)


def test_same_is_found_as_in_a_folder_by_every_rule_under_every_kind_of_name(found, rules, tmp_path):
    secrets = {
        name.replace("/", "-"): f"x = {words(pattern, name)} \n" for name, pattern in patterns(_binary()).items()
    }
    endings = (".py", ".tf", ".yml", ".html", ".lock", ".config", ".md", "")
    files = {
        f"src{number % 7}/{name}{endings[number % len(endings)]}": f"{secret}{KEY if number % 50 == 0 else ''}\n"
        for number, (name, secret) in enumerate(secrets.items())
    }
    files |= {f"copies of all/{path}.tf": text for path, text in files.items()}
    folder = tmp_path / "plain"
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)

    scanned = Kingfisher(rules).scan(folder, [".", "--git-history", "none"], time.monotonic() + 60)
    hits = found({path: text.encode() for path, text in files.items()})

    expected = sorted((rule, path[2:], *place) for rule, path, *place in places(scanned.hits))
    assert places(hit for some in hits.values() for hit in some) == expected
    assert len({rule for rule, *_ in expected}) > 200


def test_every_copy_of_a_content_is_told_of(found):
    hits = found({f"copy{number}/app.py": LINE.encode() for number in range(120)})

    assert {path: len(some) for path, some in hits.items()} == {f"copy{number}/app.py": 1 for number in range(120)}


def test_no_content_is_too_small(found):
    texts = {f"{size}.py": b"x = xapp-1-B-5-l ".ljust(size, b"y") for size in range(17, 60)}

    assert set(found(texts)) == set(texts)


def test_name_decides_for_each_copy_on_its_own(found):
    text = b'resource "x" {\n  administrator_login_password = "' + b"kT8vQ2zL9mXw" + b'"\n}\n'

    assert list(found({"a/x.py": text, "b/y.tf": text, "c/z.txt": text})) == ["b/y.tf"]


def test_odd_names_keep_their_own_and_exclude_no_other(found):
    names = ["a", "a/b", "pages/[id]\n.js", "-x.py", ".gitignore", "odd-names/odd-2.js", "é.html"]

    assert sorted(found(dict.fromkeys(names, LINE.encode()))) == sorted(names)


def test_nothing_to_scan_needs_no_scanner():
    assert hits_in([], Kingfisher(command=("/no/such/command",)), 0.0) == {}


def test_name_that_is_not_there_is_no_result():
    hit = '{"rule": {"name": "x"}, "finding": {"path": "b.py", "line": 1, "column_start": 0, "column_end": 1}}'
    runs = '[{"scan": {"status": "completed"}, "stats": {"blobs_scanned": 1}}]'
    report = f'{{"findings": [{hit}], "audit": {{"repositories": {runs}}}}}'
    program = (sys.executable, "-c", f"print({report!r})")

    with pytest.raises(CommandFailed, match="not there"):
        hits_in([("a.py", b"x")], Kingfisher(command=program), time.monotonic() + 60)


def test_number_of_files_on_the_disk_does_not_grow_with_those_to_scan(tmp_path):
    """Where a disk has no journal, each file made after others were removed takes up to a millisecond."""
    seen = tmp_path / "seen"
    count_files = "str(sum(len(files) for *_, files in os.walk('.'))) + ' '"
    code = f"import os; open({str(seen)!r}, 'a').write({count_files}); raise SystemExit(1)"
    kingfisher = Kingfisher(command=(sys.executable, "-c", code))

    for count in (10, 2_000):
        with pytest.raises(CommandFailed):
            hits_in(((f"a{n % 9}/{n}.py", b"%50d" % n) for n in range(count)), kingfisher, time.monotonic() + 60)

    few, many = map(int, seen.read_text().split())
    assert many == few
