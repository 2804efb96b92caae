"""What zizmor's rules mean to a client: how bad at worst, what may happen, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from clientdesk.audit.result import Severity

PERMISSIONS = "pinned actions and permissions"
UNSAFE = "unsafe workflows"


@dataclass(frozen=True, slots=True)
class WorkflowRule:
    """`at_most` limits the severity, whatever zizmor says."""

    title: str
    at_most: Severity
    consequence: str
    fix_now: str
    cause: str = UNSAFE


_TAKE_OVER = "Whoever takes over such an action runs code with your pipeline's rights; tj-actions was, in 2025."
_STRANGER = "Anybody who can open a pull request or an issue may run commands in your pipeline and read its secrets."
_LEFT_BEHIND = "A step taken over, or an artifact that holds the folder, can use the token to change the code."
RULES = {
    "unpinned-uses": WorkflowRule(
        "Third-party actions not pinned to a commit",
        Severity.LOW,
        _TAKE_OVER,
        "Pin them to the hash of a commit, and let a service propose new ones.",
        PERMISSIONS,
    ),
    "excessive-permissions": WorkflowRule(
        "Workflows with more permissions than they state or need",
        Severity.MEDIUM,
        "A step taken over may change the code itself, where the organisation's default allows it.",
        "State `permissions: contents: read` at the top, and more only for the job that needs it.",
        PERMISSIONS,
    ),
    "artipacked": WorkflowRule(
        "The token stays behind after the checkout",
        Severity.LOW,
        _LEFT_BEHIND,
        "Set `persist-credentials: false` where the job does not push.",
        PERMISSIONS,
    ),
    "dangerous-triggers": WorkflowRule(
        "Workflows that strangers start, with access to secrets",
        Severity.MEDIUM,
        "If such a workflow ever runs anything out of the pull request, strangers read your secrets.",
        "Start it by pull_request where that does, and never run what the pull request brings.",
    ),
    "template-injection": WorkflowRule(
        "Text is put into a command before the shell reads it",
        Severity.HIGH,
        _STRANGER,
        "Hand the text over in `env:` and quote it.",
    ),
    "template-injection-own": WorkflowRule(
        "A value is put into a command before the shell reads it",
        Severity.LOW,
        "Whoever starts the workflow, or fills the value, can run commands with the workflow's rights.",
        "Hand the text over in `env:` and quote it.",
    ),
    "github-env": WorkflowRule(
        "A step writes to the environment of later ones, at a stranger's bidding",
        Severity.HIGH,
        _STRANGER,
        "Pass values as outputs.",
    ),
    "bot-conditions": WorkflowRule(
        "A condition trusts a name that anybody can take on",
        Severity.HIGH,
        _STRANGER,
        "Ask who opened the pull request (`github.event.pull_request.user.login`), not who acted last.",
    ),
    "insecure-commands": WorkflowRule(
        "Unsafe commands, long switched off, are allowed again",
        Severity.HIGH,
        _STRANGER,
        "Use GITHUB_ENV and GITHUB_PATH.",
    ),
    "cache-poisoning": WorkflowRule(
        "Releases are built from a shared cache",
        Severity.LOW,
        "Who can write the cache, through another branch, can change what you ship.",
        "Build releases without a cache.",
    ),
    "hardcoded-container-credentials": WorkflowRule(
        "A password of a container registry is in a workflow",
        Severity.HIGH,
        "Everybody who reads the workflow can change the images you run.",
        "Replace the password and keep it in the host's secrets.",
    ),
    "overprovisioned-secrets": WorkflowRule(
        "All secrets are handed to one step",
        Severity.MEDIUM,
        "One step taken over reads every secret of the repository.",
        "Name the secrets that the step needs.",
    ),
    "secrets-inherit": WorkflowRule(
        "All secrets are handed to another workflow",
        Severity.LOW,
        "The other workflow can read every secret of the repository, needed or not.",
        "Name the secrets that it needs.",
        PERMISSIONS,
    ),
    "unredacted-secrets": WorkflowRule(
        "Secrets may show in the log",
        Severity.MEDIUM,
        "The host hides only what it knows: a part of a secret goes into the log as it is.",
        "Keep each value as a secret of its own.",
    ),
    "unsound-condition": WorkflowRule(
        "A condition is always true",
        Severity.MEDIUM,
        "A step that was meant to be guarded always runs.",
        "Write the condition without text around it.",
    ),
    "unsound-contains": WorkflowRule(
        "A condition can be tricked",
        Severity.MEDIUM,
        "A crafted branch name passes the check.",
        "Compare with a list: `contains(fromJSON(…), …)`.",
    ),
    "typosquat-uses": WorkflowRule(
        "The name of an action is nearly a well-known one",
        Severity.HIGH,
        _TAKE_OVER,
        "Check that it is the action you mean.",
    ),
    "unpinned-images": WorkflowRule(
        "Container images are not pinned",
        Severity.LOW,
        "Another image under the same name changes what is tested or shipped.",
        "Pin images by their digest.",
        PERMISSIONS,
    ),
    "archived-uses": WorkflowRule(
        "Actions are used that nobody maintains any more",
        Severity.LOW,
        "Faults in them stay, until the host stops running them.",
        "Replace them by ones that are maintained.",
        "outdated actions",
    ),
    "self-hosted-runner": WorkflowRule(
        "Workflows run on machines of your own",
        Severity.LOW,
        "What one run leaves behind, the next one finds; with a public repository, strangers' runs too.",
        "Use machines that are made for one run.",
    ),
}
# Matters of taste or of the last per cent: told together, in one line.
REMARKS = {
    "dependabot-cooldown", "superfluous-actions", "undocumented-permissions", "anonymous-definition",
    "concurrency-limits", "use-trusted-publishing", "secrets-outside-env", "adhoc-packages", "stale-action-refs",
    "misfeature", "obfuscation", "self-repository", "github-app", "unpinned-tools", "dependabot-execution",
}  # fmt: skip


def rule_of(name: str, words: str) -> WorkflowRule:
    """What zizmor finds next year is told in its own words, and never as the worst."""
    return RULES.get(name) or WorkflowRule(
        (words[:1].upper() + words[1:]) or name,
        Severity.MEDIUM,
        "A weakness of the pipeline, which runs with rights to your code and secrets.",
        f"Follow zizmor's advice on {name}.",
    )
