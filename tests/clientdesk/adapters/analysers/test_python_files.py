from __future__ import annotations

from importlib.metadata import version

import pytest
from fakes.git_source import Link
from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers import blob_pass, python_files
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.audit.code_places import is_telling
from clientdesk.audit.repository import SecurityIssue


def reports(files, cache=None):
    repository = RepositoryFromText(files)
    found = python_files.results(repository, Limits(), cache)
    return python_files.complexity(found), python_files.security(repository, found)


def test_python_is_told_by_ending_and_by_first_line():
    repository = RepositoryFromText(
        {
            "a.py": "",
            "w.pyw": "",
            "bin/run": "#!/usr/bin/env python3\n",
            "bin/other": "#!/bin/sh\n",
            "b.rb": "",
            "l.py": Link("a.py"),
        }
    )

    found = python_files.python_files(repository, Limits())

    assert [target.entry.path for target in found()] == ["a.py", "w.pyw", "bin/run"]


def test_repository_without_python_starts_no_worker_and_reports_nothing():
    complexity, security = reports({"README": "Hello"})

    assert (complexity.files, complexity.functions, security.issues, security.files) == ((), (), (), 0)


def test_versions_reported_are_the_installed_ones():
    complexity, security = reports({})

    assert (complexity.tool.version, security.tool.version) == (version("radon"), version("bandit"))


def test_finding_shows_the_lines_around_it_numbered_as_bandit_does():
    _, security = reports({"a.py": "x = 1\nassert x\ny = 2\nz = 3\n"})

    (issue,) = security.issues
    assert (issue.line, issue.test_id, issue.severity, issue.confidence) == (2, "B101", "LOW", "HIGH")
    assert issue.code == "1 x = 1\n2 assert x\n3 y = 2\n"


def test_very_long_lines_are_cut():
    _, security = reports({"a.py": "assert x  # " + "y" * 100_000})

    assert len(security.issues[0].code) < 1000


def test_unread_file_is_named_in_both_reports_and_the_others_are_assessed():
    complexity, security = reports({"bad.py": "x = (\n", "good.py": "def f(): pass\n"})

    assert [unread.path for unread in complexity.unread] == [unread.path for unread in security.unread] == ["bad.py"]
    assert [figures.path for figures in complexity.files] == ["good.py"]
    assert security.files == 1


@pytest.mark.parametrize("source", ["password = 'correct horse'\n", "f(password='correct horse')\n"])
def test_cache_keeps_no_line_of_code_and_no_password(tmp_path, source):
    file = tmp_path / "results.sqlite"

    reports({"a.py": source, "b.py": "assert battery_staple\n"}, ResultCache(file))

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"B101" in kept
    assert b"correct horse" not in kept
    assert b"battery_staple" not in kept


def test_reports_from_the_cache_are_the_same(tmp_path):
    files = {
        "a.py": "assert x\n",
        "b.py": "password = 'secret'\n",
        "c.py": "x = (",
        "d.py": "def f(a): return a or 1\n",
    }

    assert reports(files, ResultCache(tmp_path / "r")) == reports(files, ResultCache(tmp_path / "r")) == reports(files)


@pytest.mark.parametrize("value", ["correct horse", "s3cr3t!X9", "", "None", "{name}", "it's"])
def test_password_is_judged_alike_when_it_is_kept_and_when_it_is_new(tmp_path, monkeypatch, value):
    cache = ResultCache(tmp_path / "results.sqlite")
    files = {"a.py": f"password = {value!r}\ndef f(token={value!r}): ...\nf(secret={value!r})\n"}

    _, fresh = reports(files, cache)
    monkeypatch.setattr(blob_pass, "Crew", None)
    _, known = reports(files, cache)

    assert known == fresh
    plain = [SecurityIssue("a.py", 1, "B105", "", "LOW", "MEDIUM", f"Possible hardcoded password: '{value}'", "")]
    assert {is_telling(one) for one in fresh.issues if one.test_id == "B105"} <= {is_telling(one) for one in plain}


def test_lines_are_shown_of_the_clients_own_code_only():
    _, security = reports({"a.py": "assert x\n", "tests/test_a.py": "assert x\n"})

    assert [(issue.path, bool(issue.code)) for issue in security.issues] == [("a.py", True), ("tests/test_a.py", False)]
