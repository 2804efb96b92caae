"""The Prefect server that the environment names, wherever it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clientdesk.domain.refusal import Refusal


class NoServer(Refusal):
    """The environment names no server that could be asked."""


@dataclass(frozen=True, slots=True)
class RemoteServer:
    """`auth` is `user:password`, or "" where the server asks for none."""

    api: str
    auth: str = field(repr=False)

    def login(self) -> str:
        return self.auth


def remote_server(environ: Mapping[str, str]) -> RemoteServer:
    """As Prefect's own client reads it; raises `NoServer`."""
    api = environ.get("PREFECT_API_URL", "").rstrip("/")
    if not api.startswith(("http://", "https://")):
        raise NoServer("PREFECT_API_URL is not set: name the server, like https://prefect.example/api")
    return RemoteServer(api, environ.get("PREFECT_API_AUTH_STRING", ""))
