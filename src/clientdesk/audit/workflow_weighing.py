"""What the rest of a workflow says of one of zizmor's findings: whose text it is, who starts it, what it ships."""

from __future__ import annotations

import re
from dataclasses import replace

from clientdesk.audit.pipelines import Pipeline
from clientdesk.audit.scans import WorkflowIssue

_STRANGERS_TEXT = re.compile(
    r"github\.(head_ref|event\.(issue|pull_request|comment|review|review_comment|discussion|head_commit|commits|pages"
    r"|workflow_run)\b)"
)
# What the host or the team's own file fills, with nothing in it that a shell would obey.
_HARMLESS = re.compile(
    r"\$\{\{\s*(github\.(actor|actor_id|workflow|job|run_id|run_number|run_attempt|repository|repository_owner|sha"
    r"|server_url|api_url|event_name|token|workspace|event\.number)|runner\.\w+|matrix\.[\w.-]+|strategy\.[\w-]+"
    r"|job\.\w+)\s*\}\}"
)
_PUBLISHES = re.compile(
    r"^[ \t]*[\"']?(release|tags):|npm publish|pnpm publish|yarn (npm )?publish|semantic-release|docker push"
    r"|push: true"
    r"|gh release|action-gh-release|goreleaser|twine|gem push|pypi-publish|cargo publish|changesets/action",
    re.MULTILINE,
)
_STARTED_BY_STRANGERS = {"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion"}


def weighed(issue: WorkflowIssue, pipeline: Pipeline | None) -> WorkflowIssue:
    """The issue with what the rest of its workflow says of it; "informational" makes it a remark."""
    if issue.rule == "template-injection" and not _STRANGERS_TEXT.search(issue.excerpt):
        is_harmless = "${{" in issue.excerpt and "${{" not in _HARMLESS.sub("", issue.excerpt)
        severity = "informational" if is_harmless else issue.severity
        return replace(issue, rule="template-injection-own", severity=severity)
    if pipeline is None:
        return issue
    if issue.rule == "cache-poisoning" and not _PUBLISHES.search(pipeline.text):
        return replace(issue, severity="informational")  # nothing is built from the cache that anybody gets
    if issue.rule == "bot-conditions" and not pipeline.triggers & _STARTED_BY_STRANGERS:
        return replace(issue, severity="low")  # a stranger's pull request runs without the secrets
    return issue
