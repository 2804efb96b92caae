from __future__ import annotations

import pytest

from clientdesk.audit.pipelines import Pipeline
from clientdesk.audit.scans import WorkflowIssue
from clientdesk.audit.workflow_weighing import weighed

PATH = ".github/workflows/a.yml"


def issue(rule, excerpt=""):
    return WorkflowIssue(rule, "words", "high", "high", PATH, 1, "what", excerpt)


def pipeline(text="", *triggers):
    return Pipeline("GitHub Actions", PATH, text, "", frozenset(triggers))


def weight(given, of=None):
    seen = weighed(given, of)
    return seen.rule, seen.severity


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("github.event.issue.title", ("template-injection", "high")),
        ("github.head_ref", ("template-injection", "high")),
        ("inputs.tag", ("template-injection-own", "high")),
        ("steps.version.outputs.name", ("template-injection-own", "high")),
        ("github.actor", ("template-injection-own", "informational")),
        ("matrix.node-version", ("template-injection-own", "informational")),
    ],
)
def test_text_in_a_command_weighs_by_who_fills_it(expression, expected):
    assert weight(issue("template-injection", f"echo ${{{{ {expression} }}}} x")) == expected


def test_one_value_that_others_fill_is_enough():
    text = "echo ${{ github.actor }} ${{ inputs.tag }}"

    assert weight(issue("template-injection", text)) == ("template-injection-own", "high")


@pytest.mark.parametrize(
    "text", ["on:\n  release:\n", "run: npm publish\n", "  push: true\n", "on:\n  push:\n    tags: [v*]\n"]
)
def test_cache_counts_where_something_is_published(text):
    assert weight(issue("cache-poisoning"), pipeline(text)) == ("cache-poisoning", "high")


def test_cache_of_a_workflow_that_only_tests_is_a_remark():
    assert weight(issue("cache-poisoning"), pipeline("run: npm test\n")) == ("cache-poisoning", "informational")


def test_trusted_name_is_dangerous_where_strangers_start_the_workflow():
    assert weight(issue("bot-conditions"), pipeline("", "pull_request_target"))[1] == "high"
    assert weight(issue("bot-conditions"), pipeline("", "pull_request"))[1] == "low"


def test_what_stands_in_no_workflow_weighs_as_it_was():
    assert weight(issue("cache-poisoning")) == ("cache-poisoning", "high")
