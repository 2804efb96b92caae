"""Reads a Secret block from the Prefect server over its API, where the server keeps it encrypted."""

from __future__ import annotations

import re
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from clientdesk.adapters.later import later
from clientdesk.adapters.secret_places import NoSecret

if TYPE_CHECKING:
    import httpx
else:
    httpx = later(partial(import_module, "httpx"))

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,200}")
_SECONDS = 10.0
_NOT_FOUND = 404


class SecretBlocks:
    """`api` is the server's address ("" where there is none), `sign_in` "user:password" or ""."""

    def __init__(self, api: str, sign_in: str = "", api_key: str = "") -> None:
        self._api = api.rstrip("/")
        self._sign_in = sign_in
        self._api_key = api_key

    def value(self, name: str) -> str:
        """Raises `NoSecret`; the message never holds what the server answered."""
        if not self._api:
            raise NoSecret(f"the Secret block {name} is on a Prefect server, and PREFECT_API_URL names none")
        if not _NAME.fullmatch(name):
            raise NoSecret(f"{name!r} is no name of a Prefect block: small letters, digits and dashes")
        answer = self._ask(name)
        if answer.status_code == _NOT_FOUND:
            raise NoSecret(f"the Prefect server has no Secret block {name}: make it there under Blocks, type Secret")
        if not answer.is_success:
            raise NoSecret(f"the Prefect server did not give the Secret block {name}: status {answer.status_code}")
        return _value_in(answer, name)

    def _ask(self, name: str) -> httpx.Response:
        user, _, password = self._sign_in.partition(":")
        try:
            return httpx.get(
                f"{self._api}/block_types/slug/secret/block_documents/name/{name}",
                params={"include_secrets": "true"},
                headers={"Authorization": f"Bearer {self._api_key}"} if self._api_key else {},
                auth=(user, password) if self._sign_in else None,
                timeout=_SECONDS,
                trust_env=False,  # the team's own server: no proxy gets to see it
            )
        except httpx.HTTPError as error:
            raise NoSecret(f"the Prefect server with the Secret block {name} does not answer: {error}") from error


def _value_in(answer: httpx.Response, name: str) -> str:
    try:
        value = answer.json()["data"]["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise NoSecret(f"what the Prefect server gives as Secret block {name} is none") from error
    if not isinstance(value, str):
        raise NoSecret(f"the Secret block {name} holds no text: put the token itself into it")
    return value
