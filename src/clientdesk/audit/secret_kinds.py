"""What the commonest kinds of secret open, and what an agency makes of the others."""

from __future__ import annotations

from dataclasses import dataclass

from clientdesk.audit.result import Severity

_EVERYBODY = (
    "Everybody who ever had a copy of the code has it, and it opens what it opens until it is replaced; deleting the "
    "line does not take it back."
)


@dataclass(frozen=True, slots=True)
class SecretKind:
    """`name` completes "… in the code"; `at_most` limits the severity. A vague one says less than any other."""

    name: str
    consequence: str = _EVERYBODY
    at_most: Severity = Severity.CRITICAL
    is_vague: bool = False
    fix_now: str = "Replace it wherever it is used, then take it out of the code."


_LIMITED = (
    "Such keys are often meant to be seen, in a web page or an app; without limits on where they may be used from, "
    "anybody can use them at your expense."
)
_KINDS = {
    "private-key": SecretKind("A private key"),
    "aws-access-token": SecretKind("A key to Amazon Web Services"),
    "aws-secret-access-key": SecretKind("A key to Amazon Web Services"),
    "github-pat": SecretKind("A personal access token of GitHub"),
    "github-fine-grained-pat": SecretKind("A personal access token of GitHub"),
    "gitlab-pat": SecretKind("A personal access token of GitLab"),
    "slack-bot-token": SecretKind("A bot's token of Slack"),
    "slack-webhook-url": SecretKind(
        "A webhook of Slack", "Anybody can write into that channel in the name of your system.", Severity.MEDIUM
    ),
    "stripe-access-token": SecretKind(
        "A key to Stripe", "Whoever has it sees your customers' payments, and can refund or charge them."
    ),
    "gcp-api-key": SecretKind(
        "A Google API key",
        _LIMITED,
        Severity.LOW,
        fix_now="Limit it to your own addresses and to the services it is for; replace it if it is no public one.",
    ),
    "gcp-service-account": SecretKind("A key of a Google service account"),
    "mongodb-connection-string": SecretKind("A login to a MongoDB database"),
    "generic-credential-uri": SecretKind("An address with its password", at_most=Severity.HIGH, is_vague=True),
    "kubernetes-secret-yaml": SecretKind("A Kubernetes secret, which is encoded and not encrypted"),
    "jwt": SecretKind("A signed token (JWT)", at_most=Severity.MEDIUM),
    "jwt-base64": SecretKind("A signed token (JWT)", at_most=Severity.MEDIUM),
    "generic-api-key": SecretKind("What looks like a key", at_most=Severity.MEDIUM, is_vague=True),
    "curl-auth-header": SecretKind("A login in a curl command", at_most=Severity.HIGH),
    "curl-auth-user": SecretKind("A login in a curl command", at_most=Severity.HIGH),
}


def kind_of(rule: str) -> SecretKind:
    return _KINDS.get(rule) or SecretKind(f"A secret ({rule.replace('-', ' ')})")
