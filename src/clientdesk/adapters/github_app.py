"""Tokens of a GitHub App's installation: asked for with the app's key, good for an hour, kept in memory alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from clientdesk.adapters.later import later
from clientdesk.domain.refusal import Refusal

if TYPE_CHECKING:
    import httpx
    import jwt
else:
    httpx = later(partial(import_module, "httpx"))
    jwt = later(partial(import_module, "jwt"))

_SECONDS = 20.0
# GitHub refuses a word that is good for more than ten minutes, and clocks differ.
_WORD_LIVES = timedelta(minutes=9)
_CLOCKS_DIFFER = timedelta(minutes=1)
_RENEWED_BEFORE = timedelta(minutes=5)


class NoInstallationToken(Refusal):
    """GitHub gave no token. The message says why, and holds neither key nor token."""


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    good_until: datetime


class GitHubApp:
    """`key` brings the app's private key (PEM) each time a token is asked for; `api` is "https://host/api/v3" or so."""

    def __init__(
        self, app: str, installation: str, key: Callable[[], str], api: str, now: Callable[[], datetime] | None = None
    ) -> None:
        self._app = app
        self._installation = installation
        self._key = key
        self._api = api.rstrip("/")
        self._now = now or (lambda: datetime.now(UTC))
        self._guard = threading.Lock()
        self._token: _Token | None = None

    def token(self) -> str:
        """One that is good for five minutes at least; raises `NoInstallationToken`."""
        with self._guard:
            if self._token is None or self._token.good_until - _RENEWED_BEFORE <= self._now():
                self._token = self._asked()
            return self._token.value

    def _asked(self) -> _Token:
        try:
            answer = httpx.post(
                f"{self._api}/app/installations/{self._installation}/access_tokens",
                headers={"Authorization": f"Bearer {self._word()}", "Accept": "application/vnd.github+json"},
                json={"permissions": {"contents": "read"}},
                timeout=_SECONDS,
            )
        except httpx.HTTPError as error:
            raise NoInstallationToken(f"GitHub's interface {self._api} does not answer: {error}") from error
        if not answer.is_success:
            raise NoInstallationToken(
                f"GitHub gave app {self._app} no token for its installation {self._installation} "
                f"(status {answer.status_code}): check both numbers, the key, and that the app may read contents"
            )
        return _token_in(answer)

    def _word(self) -> str:
        """What the app says of itself, signed with its key."""
        now = self._now()
        claims = {"iat": now - _CLOCKS_DIFFER, "exp": now + _WORD_LIVES, "iss": self._app}
        try:
            return jwt.encode(claims, self._key(), algorithm="RS256")
        except (ValueError, TypeError, jwt.PyJWTError) as error:
            raise NoInstallationToken(
                f"the key of GitHub App {self._app} can't be used: it must be the private key in PEM form, as GitHub "
                "gave it, without a password"
            ) from error


def _token_in(answer: httpx.Response) -> _Token:
    try:
        content = answer.json()
        good_until = datetime.fromisoformat(content["expires_at"])
        return _Token(str(content["token"]), good_until)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoInstallationToken("what GitHub answered holds no token") from error
