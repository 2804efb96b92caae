"""What agency.toml says of a credential: [credentials.NAME]. Never the secret, only where it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ConfigDict, Field

from clientdesk.domain.credential import CredentialKind, CredentialReference

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_HOST = r"^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$"
_PLACE = r"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:[^\x00-\x1f\x7f]+|prefect:[a-z0-9][a-z0-9-]*)$"
_NUMBER = r"^[A-Za-z0-9._-]{0,60}$"


class CredentialTable(BaseModel):
    """One of [credentials]. A field's description completes the sentence "must be …"."""

    model_config = ConfigDict(extra="forbid")

    kind: CredentialKind = Field(description='"token", "github-app" or "ssh-key"')
    host: str = Field(pattern=_HOST, description='the one host it is for, as in "github.com"')
    secret: str = Field(
        pattern=_PLACE,
        description='where the secret lies ("env:NAME", "file:/place" or "prefect:block"), never the secret itself',
    )
    only: list[str] = Field(
        [], max_length=50, description='a list of how the paths of its repositories begin, as in ["acme/"]'
    )
    user: str = Field("", pattern=r"^[^\s\x00-\x1f\x7f]{0,200}$", description="the user name given with a token")
    app: str = Field("", pattern=_NUMBER, description='the GitHub App\'s number or client id, as in "123456"')
    installation: str = Field("", pattern=r"^[0-9]{0,20}$", description="the number of the app's installation, as text")
    api: str = Field(
        "",
        pattern=r"^(https://\S+|http://127\.0\.0\.1:\S+)?$",
        description="the https:// address of its interface",
    )

    def value(self, name: str) -> CredentialReference:
        return CredentialReference(
            name=name,
            kind=self.kind,
            host=self.host,
            secret=self.secret,
            only=tuple(self.only),
            user=self.user,
            app=self.app,
            installation=self.installation,
            api=self.api,
        )


def contradictions(tables: Mapping[str, CredentialTable]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What one field alone can't show: a key of the file, and what is wrong there."""
    for name, table in tables.items():
        at = ("credentials", name)
        if not _NAME.fullmatch(name):
            yield at, "a credential's name has small letters, digits and dashes"
        if table.kind is CredentialKind.GITHUB_APP and not (table.app and table.installation):
            yield at, "a GitHub App needs `app` and `installation`"
        if table.kind is CredentialKind.SSH_KEY and not table.secret.startswith("file:"):
            yield (*at, "secret"), 'an SSH key lies in a file that ssh reads itself: "file:/place"'
