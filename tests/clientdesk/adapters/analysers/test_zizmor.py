from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers.zizmor import Zizmor
from clientdesk.audit.repository import ToolFailed

UNSAFE = """\
on: pull_request_target
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # zizmor: ignore[unpinned-uses]
        with:
          persist-credentials: false
      - run: echo "${{ github.event.pull_request.title }}"
"""
SAFE = """\
on: push
permissions: {}
concurrency: {group: a, cancel-in-progress: true}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make test
"""
PATH = ".github/workflows/ci.yml"


def python(code):
    return Zizmor(command=(sys.executable, "-c", code))


def rules(report):
    return sorted((issue.rule, issue.line, issue.ignored) for issue in report.issues)


def test_unsafe_workflow_is_found_with_its_lines_and_what_a_comment_hides():
    report = Zizmor().report(RepositoryFromText({PATH: UNSAFE}))

    assert rules(report) == [
        ("dangerous-triggers", 1, False),
        ("template-injection", 10, False),
        ("unpinned-uses", 7, True),
    ]
    assert (report.files, report.unread, report.issues[0].path) == (1, (), PATH)


def test_safe_workflow_is_clean():
    report = Zizmor().report(RepositoryFromText({PATH: SAFE}))

    assert (report.issues, report.files, report.unread) == ((), 1, ())


def test_no_workflow_is_nothing_to_examine():
    assert Zizmor(command=("/no/such/command",)).report(RepositoryFromText({"a.py": ""})).files == 0


def test_clients_settings_are_not_obeyed():
    settings = "rules:\n  template-injection: {disable: true}\n  dangerous-triggers: {disable: true}\n"
    files = {PATH: UNSAFE, "zizmor.yml": settings, ".github/zizmor.yml": settings, ".gitignore": "*\n"}

    assert len(Zizmor().report(RepositoryFromText(files)).issues) == 3


def test_oddly_named_workflow_is_reported_under_its_own_name():
    path = ".github/workflows/-o\n--fix.yml"

    report = Zizmor().report(RepositoryFromText({path: UNSAFE}))

    assert {issue.path for issue in report.issues} == {path}


@pytest.mark.parametrize("text", ["a: [\n", "on: push\njobs: 3\n", "", "\x00\x01", "a: &a [*a]\n"])
def test_what_is_no_workflow_is_unread_and_costs_the_others_nothing(text):
    alone = Zizmor().report(RepositoryFromText({PATH: text}))
    beside = Zizmor().report(RepositoryFromText({".github/workflows/bad.yml": text, PATH: UNSAFE}))

    assert [file.path for file in alone.unread] == [PATH]
    assert ([file.path for file in beside.unread], len(beside.issues)) == ([".github/workflows/bad.yml"], 3)


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.exit(1)",
        "import os; os.kill(os.getpid(), 11)",
        "print('no json')",
        "print('{}')",
        "print('[{}]')",
        'print(\'[{"ident": "x", "locations": [{"symbolic": {"kind": "Primary"}}]}]\')',
        "import time; time.sleep(60)",
        "x = 'x' * (2 << 30)",
    ],
)
def test_tool_without_a_result_is_a_failure_and_never_clean(code):
    tool = Zizmor(command=(sys.executable, "-c", code), seconds=2)

    with pytest.raises(ToolFailed, match="gave no result"):
        tool.report(RepositoryFromText({PATH: SAFE, "action.yml": "runs: {}"}))


def test_missing_tool_is_a_failure():
    with pytest.raises(ToolFailed, match="could not be started"):
        Zizmor(command=("/no/such/command",)).report(RepositoryFromText({PATH: SAFE}))


def test_file_that_crashes_the_tool_costs_itself_alone():
    crash = (
        "import os, sys, glob\n"
        "files = sys.argv[-1] == '.' and glob.glob('.github/workflows/*') or [sys.argv[-1]]\n"
        "os.abort() if any('crash' in open(file).read() for file in files) else None\n"
        f"os.execv({str(Path(sysconfig.get_path('scripts'), 'zizmor'))!r}, ['zizmor', *sys.argv[1:]])"
    )
    files = {PATH: UNSAFE, ".github/workflows/b.yml": "crash: 1\n"}

    report = python(crash).report(RepositoryFromText(files))

    assert [file.path for file in report.unread] == [".github/workflows/b.yml"]
    assert len(report.issues) == 3


def test_silence_about_a_file_is_no_praise():
    report = python("print('[]')").report(RepositoryFromText({PATH: SAFE}))

    assert [file.path for file in report.unread] == [PATH]


def test_counts_are_those_of_the_tools_own_command(tmp_path):
    files = {f".github/workflows/w{number}.yml": text for number, text in enumerate([UNSAFE, SAFE] * 5)}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    command = [*Zizmor().command, "--offline", "--no-config", "--no-exit-codes", "--format", "json", "."]
    own = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)

    report = Zizmor().report(RepositoryFromText(files))

    assert sum(not issue.ignored for issue in report.issues) == len(own) == 10
