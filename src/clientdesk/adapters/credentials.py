"""The credentials that agency.toml names, each for the host it belongs to and no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import partial
from threading import Lock
from urllib.parse import urlsplit

from clientdesk.adapters.git_access import Access, Key, Login
from clientdesk.adapters.github_app import GitHubApp
from clientdesk.adapters.secret_places import NoSecret, SecretPlaces, private_file
from clientdesk.domain.credential import CredentialKind, CredentialReference
from clientdesk.domain.refusal import Refusal

# GitHub takes any name with a token, GitLab any that is not empty; Bitbucket and deploy tokens have their own.
_ANY_USER = "x-access-token"
_WEB = frozenset({"https", "http"})
_USUAL_PORTS = {"https": 443, "http": 80, "ssh": 22}
_LINE_ENDS = re.compile(r"[\r\n\x00]")


class NoSuchCredential(Refusal):
    """A repository names a credential that can't open it."""


class Credentials:
    """`references` by name; `places` reads their secrets when git needs them."""

    def __init__(self, references: Mapping[str, CredentialReference], places: SecretPlaces) -> None:
        self._references = references
        self._places = places
        self._guard = Lock()
        self._apps: dict[str, GitHubApp] = {}

    def access(self, name: str, url: str) -> Access | None:
        """What opens the repository at `url` (for git) with the credential `name`; None for no name.

        Raises `NoSuchCredential` where there is none of this name or it is for another host or path, and `NoSecret`.
        """
        if not name:
            return None
        reference = self._named(name)
        scheme, host, path = _parts(url)
        self._refuse_strangers(reference, scheme, host, path)
        if reference.kind is CredentialKind.SSH_KEY:
            return Key(name, str(private_file(reference.secret.removeprefix("file:"))))
        login = Login(name, f"{scheme}://{host}", reference.user or _ANY_USER, partial(self._secret_of, reference))
        login.secret()  # a secret that is not there is said before anything is fetched
        return login

    def check(self, name: str) -> None:
        """Whether the secret is there and can be used; raises a `Refusal`. A GitHub App is asked for a token."""
        reference = self._named(name)
        if reference.kind is CredentialKind.SSH_KEY:
            private_file(reference.secret.removeprefix("file:"))
        else:
            self._secret_of(reference)

    def _named(self, name: str) -> CredentialReference:
        if name not in self._references:
            near = get_close_matches(name, self._references, 1) or sorted(self._references)
            known = f"it has {', '.join(near)}" if near else "it has none"
            raise NoSuchCredential(f"agency.toml names no credential {name!r} ({known}): add [credentials.{name}]")
        return self._references[name]

    def _refuse_strangers(self, reference: CredentialReference, scheme: str, host: str, path: str) -> None:
        wanted = "ssh" if reference.kind is CredentialKind.SSH_KEY else "https"
        if (scheme == "ssh") != (wanted == "ssh") or (wanted == "https" and scheme not in _WEB):
            raise NoSuchCredential(
                f"the credential {reference.name} is for {wanted} addresses: give the repository's {wanted} address"
            )
        if host.casefold() != reference.host.casefold():
            raise NoSuchCredential(
                f"the credential {reference.name} is for {reference.host} and is not shown to {host}"
            )
        if reference.only and not path.startswith(reference.only):
            raise NoSuchCredential(
                f"the credential {reference.name} is for {' and '.join(reference.only)} on {host}, not for {path}"
            )

    def _secret_of(self, reference: CredentialReference) -> str:
        if reference.kind is CredentialKind.GITHUB_APP:
            return self._app(reference).token()
        secret = self._places.read(reference.secret)
        if _LINE_ENDS.search(secret):
            raise NoSecret(f"the secret {reference.secret} has several lines: a token has one")
        return secret

    def _app(self, reference: CredentialReference) -> GitHubApp:
        """One for each credential, so that a token is asked for once an hour."""
        with self._guard:
            if reference.name not in self._apps:
                key = partial(self._places.read, reference.secret)
                self._apps[reference.name] = GitHubApp(
                    reference.app, reference.installation, key, reference.api or _api_of(reference.host)
                )
            return self._apps[reference.name]


def _api_of(host: str) -> str:
    return "https://api.github.com" if host == "github.com" else f"https://{host}/api/v3"


def _parts(url: str) -> tuple[str, str, str]:
    """Scheme, host (with its port where it is not the usual one) and path without its first slash."""
    if "://" not in url:  # user@host:path
        place, _, path = url.partition(":")
        return ("ssh", place.rpartition("@")[2], path.lstrip("/")) if path else ("file", "", url)
    parts = urlsplit(url)
    usual = _USUAL_PORTS.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    host = parts.hostname or ""
    return parts.scheme, (f"[{host}]" if ":" in host else host) + port, parts.path.lstrip("/")
