from __future__ import annotations

from fakes.repository import RepositoryFromText

from clientdesk.audit.pipelines import pipelines

WORKFLOW = """name: test
on:
  push:
  pull_request_target:
permissions:
  contents: read
jobs:
  test:
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
      - uses: some/action@0123456789012345678901234567890123456789  # v3
      - run: |
          pytest -q
  other:
    uses: ./.github/workflows/other.yml
"""


def read(files):
    return pipelines(RepositoryFromText(files))


def test_a_workflow_is_read_with_its_triggers_commands_and_uses():
    ((pipeline,), unread) = read({".github/workflows/test.yml": WORKFLOW})

    assert (pipeline.triggers, unread) == ({"push", "pull_request_target"}, ())
    assert "pytest -q" in pipeline.commands
    assert [(use.name, use.line, use.is_pinned) for use in pipeline.uses] == [
        ("actions/checkout", 11, False),
        ("some/action", 12, True),
    ]
    assert [(job.name, job.has_time_limit, job.calls_other) for job in pipeline.jobs] == [
        ("test", True, False),
        ("other", False, True),
    ]
    assert pipeline.has_permissions


def test_the_key_on_is_read_in_all_its_shapes():
    files = {
        ".github/workflows/a.yml": "on: push\n",
        ".github/workflows/b.yml": "on: [push, pull_request]\n",
        ".github/workflows/c.yml": "'on':\n  schedule:\n    - cron: '0 0 * * *'\n",
    }

    assert [sorted(p.triggers) for p in read(files)[0]] == [["push"], ["pull_request", "push"], ["schedule"]]
    assert [p.runs_on_changes for p in read(files)[0]] == [True, True, False]


def test_every_known_system_is_found_by_its_file():
    files = [".gitlab-ci.yml", ".circleci/config.yml", ".travis.yml", "Jenkinsfile", "azure-pipelines.yml",
             "bitbucket-pipelines.yml"]  # fmt: skip

    systems = {pipeline.system for pipeline in read(dict.fromkeys(files, "script: make test\n"))[0]}

    assert systems == {"GitLab CI", "CircleCI", "Travis CI", "Jenkins", "Azure Pipelines", "Bitbucket Pipelines"}


def test_remarks_are_no_commands():
    assert "rspec" not in read({".travis.yml": "# bundle exec rspec\nscript: true\n"})[0][0].commands


def test_a_broken_workflow_is_named_as_unread():
    found, unread = read({".github/workflows/a.yml": "jobs: [\n"})

    assert (found, [file.path for file in unread]) == ((), [".github/workflows/a.yml"])


def test_jobs_of_a_wrong_shape_read_as_empty():
    ((pipeline,), _) = read({".github/workflows/a.yml": "on: push\njobs:\n  a: 3\n  b: {steps: [1, {run: 2}]}\n"})

    assert pipeline.commands.strip() == ""
