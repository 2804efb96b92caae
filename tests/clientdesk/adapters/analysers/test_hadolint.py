from __future__ import annotations

import json
import subprocess
import sys

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers.hadolint import Hadolint, is_docker_file
from clientdesk.audit.repository import ToolFailed

FAULTY = "FROM python:latest\nENV DB_PASSWORD=hunter2\n# hadolint ignore=DL3004\nRUN sudo make\nADD a b\n"
GOOD = 'FROM python:3.13.1-slim\nWORKDIR /app\nCOPY app.py app.py\nUSER 1000\nCMD ["python", "app.py"]\n'


def rules(report):
    return sorted((issue.rule, issue.line, issue.ignored) for issue in report.issues)


def test_faults_are_found_with_their_lines_and_what_a_comment_hides():
    report = Hadolint().report(RepositoryFromText({"Dockerfile": FAULTY}))

    assert rules(report) == [("DL3004", 4, True), ("DL3007", 1, False), ("DL3020", 5, False), ("DL3064", 2, False)]
    assert (report.files, report.unread) == (1, ())


def test_good_file_is_clean():
    assert Hadolint().report(RepositoryFromText({"deploy/Dockerfile": GOOD})).issues == ()


def test_clients_settings_are_not_obeyed():
    settings = "ignored: [DL3007, DL3020, DL3064]\n"
    files = {"Dockerfile": FAULTY, ".hadolint.yaml": settings, ".hadolint.yml": settings, "hadolint.yaml": settings}

    assert len(Hadolint().report(RepositoryFromText(files)).issues) == 4


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("Dockerfile", True),
        ("a/dockerfile.dev", True),
        ("web.Dockerfile", True),
        ("Containerfile", True),
        ("-x/Dockerfile-prod", True),
        ("Dockerfile.md", False),
        ("Dockerfile.j2", False),
        (".dockerignore", False),
        ("Dockerfile.dockerignore", False),
        ("dockerfile/parser.py", False),
        ("check_dockerfile.sh", False),
    ],
)
def test_docker_files_are_told_by_name(path, is_one):
    assert is_docker_file(path) is is_one


@pytest.mark.parametrize("text", ["FROM\n\tgarbage", "{{ base }}\n", "\x7fELF\x00\x00"])
def test_what_can_not_be_parsed_is_unread(text):
    report = Hadolint().report(RepositoryFromText({"Dockerfile": text, "b/Dockerfile": FAULTY}))

    assert ([file.path for file in report.unread], len(report.issues)) == (["Dockerfile"], 4)


def test_odd_names_are_reported_as_they_are():
    paths = {"-c evil/Dockerfile", "a\nb/Dockerfile", "../Dockerfile"}

    report = Hadolint().report(RepositoryFromText(dict.fromkeys(paths, FAULTY)))

    assert {issue.path for issue in report.issues} == paths


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.exit(1)",
        "import os; os.abort()",
        "print('no json')",
        "print('{}')",
        "print('[{}]')",
        "import time; time.sleep(60)",
        "x = 'x' * (2 << 30)",
    ],
)
def test_tool_without_a_result_is_a_failure_and_never_clean(code):
    with pytest.raises(ToolFailed, match="gave no result"):
        Hadolint((sys.executable, "-c", code), file_seconds=2).report(RepositoryFromText({"Dockerfile": GOOD}))


def test_missing_tool_is_a_failure_only_where_there_is_something_to_examine():
    tool = Hadolint(("/no/such/command",))

    assert tool.report(RepositoryFromText({"a.py": ""})).files == 0
    with pytest.raises(ToolFailed, match="could not be started"):
        tool.report(RepositoryFromText({"Dockerfile": GOOD}))


def test_counts_are_those_of_the_tools_own_command(tmp_path):
    (tmp_path / "Dockerfile").write_text(FAULTY)
    command = [*Hadolint().command, "--no-fail", "--format", "json", "Dockerfile"]
    own = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)

    report = Hadolint().report(RepositoryFromText({"Dockerfile": FAULTY}))

    open_ones = [(issue.rule, issue.line, issue.level) for issue in report.issues if not issue.ignored]
    assert open_ones == [(one["code"], one["line"], one["level"]) for one in own]
