"""Parity: what the one pass says is what radon's and bandit's own commands say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import radon
from fakes.odd_python import ODD

from clientdesk.adapters.analysers.python_pass import analyse

TOOLS = Path(sys.executable).parent


@pytest.fixture(scope="module", params=["radon", "odd"])
def folder(request, tmp_path_factory):
    if request.param == "radon":
        return Path(radon.__file__).parent
    folder = tmp_path_factory.mktemp("odd")
    for name, content in ODD.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def ours(folder):
    return {str(path): analyse("", path.read_bytes()) for path in sorted(folder.rglob("*.py"))}


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    away = tmp_path_factory.mktemp("away")
    (away / "empty.ini").write_text("[bandit]\n")

    def run(*words):
        done = subprocess.run([TOOLS / words[0], *words[1:]], cwd=away, capture_output=True, timeout=100, check=False)
        return json.loads(done.stdout)

    return run


def read_by_both(ours, theirs):
    """What the command read: it stumbles over byte order marks and declared encodings, which we read."""
    return [path for path in ours if "error" not in theirs.get(path, {})]


def _full_name(block):
    return f"{block['classname']}.{block['name']}" if block.get("classname") else block["name"]


def test_functions_are_those_of_radon_cc(ours, folder, command):
    theirs = command("radon", "cc", "-j", str(folder))

    for path in read_by_both(ours, theirs):
        expected = sorted(
            (_full_name(one), one["type"], one["lineno"], one["endline"], one["complexity"])
            for one in theirs.get(path, [])
        )
        assert expected == sorted(tuple(block) for block in ours[path]["functions"]), path


def test_line_counts_are_those_of_radon_raw(ours, folder, command):
    theirs = command("radon", "raw", "-j", str(folder))

    for path in read_by_both(ours, theirs):
        if "unread" in ours[path]:
            continue  # radon raw counts some files that no parser accepts
        expected = [theirs[path][name] for name in ("loc", "sloc", "comments", "blank")]
        assert expected == ours[path]["figures"], path


def test_the_index_is_that_of_radon_mi(ours, folder, command):
    theirs = command("radon", "mi", "-j", str(folder))

    for path in read_by_both(ours, theirs):
        assert theirs[path]["mi"] == ours[path]["maintainability"], path


def _as_ours(issue):
    names = ("filename", "line_number", "test_id", "test_name", "issue_severity", "issue_confidence", "issue_text")
    return (*(issue[name] for name in names), issue.get("issue_cwe", {}).get("id", 0))


@pytest.mark.parametrize("nosec", [[], ["--ignore-nosec"]])
def test_findings_are_those_of_bandit(ours, folder, command, nosec):
    report = command("bandit", "-r", "-q", "-f", "json", "--ini", "empty.ini", *nosec, str(folder))

    expected = sorted(map(_as_ours, report["results"]))
    shown = sorted(
        (path, line, *rest)
        for path, result in ours.items()
        for line, _, *rest, suppressed in result.get("issues", ())
        if nosec or not suppressed
    )
    assert expected == shown
    assert expected


def test_files_unread_are_unread_by_the_commands_as_well(ours, folder, command):
    theirs = command("radon", "cc", "-j", str(folder))

    assert [path for path in ours if "unread" in ours[path] and "error" not in theirs[path]] == []


def test_rule_that_crashes_is_named():
    result = analyse("", b"import importlib\nimportlib.import_module()\n")

    assert "blacklist at line 2" in result["unscanned"]


def test_warnings_of_a_clients_code_are_not_ours():
    assert "unread" not in analyse("", b"x = '\\d'\ny = 1 is 1\n")
