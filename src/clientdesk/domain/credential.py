"""How a private repository is got at: which host, and where the secret lies. Never the secret itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CredentialKind(StrEnum):
    """A token of GitHub, GitLab or Bitbucket; a GitHub App, which makes tokens that live an hour; an SSH key."""

    TOKEN = "token"  # noqa: S105 - the kind's name
    GITHUB_APP = "github-app"
    SSH_KEY = "ssh-key"


@dataclass(frozen=True, slots=True)
class CredentialReference:
    """`secret` says where the secret lies: "env:NAME", "file:/place" or "prefect:block".

    It is for `host` (with ":port" where it is not the usual one) alone, and there for addresses whose path begins with
    one of `only` (none: every path). `user` is the name git gives with a token; `app`, `installation` and `api` are a
    GitHub App's.
    """

    name: str
    kind: CredentialKind
    host: str
    secret: str
    only: tuple[str, ...] = ()
    user: str = ""
    app: str = ""
    installation: str = ""
    api: str = ""
