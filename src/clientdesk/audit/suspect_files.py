"""Files that should never be committed, told by name and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from clientdesk.audit.classify import Role, name_of, role_of
from clientdesk.audit.repository import FileEntry, Repository, Unreadable
from clientdesk.audit.result import Confidence

_LARGEST_READ = 100_000
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")
_SECRET_SETTING = re.compile(
    r"^[ \t]*(?:export[ \t]+)?"
    r"([A-Z0-9_]{0,60}(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|STRIPE_?KEY|CREDENTIALS?)"
    r"[A-Z0-9_]{0,60})[ \t]*=[ \t]*(?:'([^'\n]+)'|\"([^\"\n]+)\"|([^\s\"'#]+))",
    re.MULTILINE,
)
_PLACEHOLDER = re.compile(
    r"(?i)^(x{3,}|\*+|\.{3}|<.*>|\$\{?\w+\}?|%\w+%|\{\{.*|your[-_ ].*|.*change[-_]?(me|this).*|.*example.*"
    r"|.*placeholder.*|.*dummy.*|test.*|secret|password|my[a-z_-]{0,40}(?:pass(?:word)?|secret|token|key)\d{0,3}|none|null|true|false|todo|tbd|fake.*|foo.*|bar|local.*|dev.*|\d{1,4})$"
)
_SAMPLE_NAME = re.compile(
    r"(?i)\.(sample|example|template|dist|tmpl|tpl|default|defaults|schema)(\.|$)|[-_.](sample|example)"
)
_NAMES = {
    "environment": re.compile(r"^\.env(\..+)?$|^.+\.env$|^\.envrc$"),
    "key": re.compile(r"(?i)^.+\.(pem|key|ppk|p8)$|^id_(rsa|dsa|ecdsa|ed25519)$|^.+_rsa$"),
    "store": re.compile(r"(?i)^.+\.(p12|pfx|jks|keystore|kdbx)$"),
    "master-key": re.compile(r"^(master|production|staging|development|test)\.key$"),
    "service-account": re.compile(
        r"(?i)^(?:google[-_]|(?=.*?(?:gcloud|service[-_]?account))|(?=.*credentials\.json$)).*\.json$"
    ),
    "cloud": re.compile(r"^(credentials|\.s3cfg|\.boto|[._]netrc|\.htpasswd|\.pgpass|\.my\.cnf|\.git-credentials)$"),
    "package-token": re.compile(r"^(\.npmrc|\.pypirc|\.yarnrc\.yml)$"),
    "django": re.compile(r"^settings.*\.py$|^(base|production|prod)\.py$"),
    "rails-token": re.compile(r"^secret_token\.rb$"),
    "rails-secrets": re.compile(r"^secrets\.ya?ml$"),
    "state": re.compile(r"^.+\.tfstate(\.backup)?$|^terraform\.tfvars$"),
}  # fmt: skip
_LOGINS = {
    "cloud": re.compile(r"(?im)(?:aws_secret_access_key\s*=\s*|password\s+|password\s*=\s*|^[^:\s#]+:)([^\s\"']{8,})"),
    "package-token": re.compile(
        r"(?im)(?:_authToken\s*=\s*|npmAuthToken:\s*|^password\s*[:=]\s*)[\"']?([^\s\"'$]{8,})"
    ),
}
_DJANGO_KEY = re.compile(r"""^SECRET_KEY\s*(?::\s*\w+\s*)?=\s*[rbu]?["']([^"']{16,})["']""", re.MULTILINE)
_RAILS_TOKEN = re.compile(r"""^[^#\n]*secret_(?:token|key_base)\s*=\s*["']([0-9a-f]{30,})["']""", re.MULTILINE)
_RAILS_SECTION = re.compile(r"^(?:production|staging|shared):[^\n]*\n((?:[ \t#][^\n]*\n|\n)*)", re.MULTILINE)
_RAILS_SECRET = re.compile(r"^[ \t]+secret_(?:token|key_base):[ \t]*[\"']?([0-9a-f]{30,})", re.MULTILINE)
_OWN_HOST = r"localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|[\w-]{1,40}(?=[:/]|$)"
_LOGIN_SETTING = re.compile(
    rf"^[ \t]*(?:export[ \t]+)?([A-Z0-9_]{{1,60}}(?:URL|URI|DSN))[ \t]*=[ \t]*[\"']?\w{{2,20}}://[^\s:/@]{{1,80}}:([^\s/@$]{{4,200}})"
    rf"@(?!{_OWN_HOST})",
    re.MULTILINE,
)
_MASTER_KEY = re.compile(r"^[0-9a-f]{32}\s*$")


@dataclass(frozen=True, slots=True)
class Suspect:
    """What makes a file suspect; `secret` is what the evidence masks."""

    rule: str
    what: str
    secret: str
    confidence: Confidence
    line: int = 1


def kinds_of(entry: FileEntry) -> list[str]:
    """Which rules look into the file, by its name; none into samples, links and other people's code."""
    name = name_of(entry.path)
    if entry.is_link or _SAMPLE_NAME.search(name) or role_of(entry.path) in {Role.VENDORED, Role.DOCUMENTATION}:
        return []
    return [kind for kind, pattern in _NAMES.items() if pattern.match(name)]


def suspect_places(repository: Repository) -> frozenset[tuple[str, int]]:
    """Path and line of each suspect, for whoever must not tell it a second time."""
    places = set()
    for entry in repository.files:
        if kinds := kinds_of(entry):
            with suppress(Unreadable):
                if suspect := judge(entry, kinds, repository):
                    places.add((entry.path, suspect.line))
    return frozenset(places)


def judge(entry: FileEntry, kinds: Sequence[str], repository: Repository) -> Suspect | None:
    """What makes it suspect, if anything does; raises `Unreadable`."""
    if "store" in kinds:
        return Suspect("secret.key-store", "A key store is committed", entry.blob, Confidence.MEDIUM)
    if entry.size == 0 or entry.size > _LARGEST_READ:
        return None
    text = repository.text(entry.path)
    return next((suspect for kind in kinds for suspect in _suspects(kind, entry.path, text)), None)


def _suspects(kind: str, path: str, text: str) -> Iterator[Suspect]:
    if key := _PRIVATE_KEY.search(text):
        yield Suspect(
            "secret.private-key", "A private key is committed", text, Confidence.HIGH, _line(text, key.start())
        )
    if kind == "master-key" and _MASTER_KEY.match(text):
        yield Suspect("secret.rails-key", "The key to the encrypted credentials is committed", text, Confidence.HIGH)
    if kind == "service-account" and '"private_key"' in text and "BEGIN" in text:
        yield Suspect("secret.service-account", "A service account's key is committed", text, Confidence.HIGH)
    if kind == "django" and (key := _DJANGO_KEY.search(text)) and not _PLACEHOLDER.match(key[1]):
        sure = Confidence.LOW if "insecure" in key[1] else Confidence.MEDIUM
        yield Suspect("secret.django-key", "Django's SECRET_KEY is committed", key[1], sure, _line(text, key.start()))
    if kind.startswith("rails-"):
        yield from _of_rails(kind, text)
    if kind in {"environment", "state"} and "example" not in path.lower():
        yield from _settings(text)
    if kind in _LOGINS and (login := _LOGINS[kind].search(text)) and not _PLACEHOLDER.match(login[1]):
        yield Suspect("secret.login", "A login is committed", login[1], Confidence.MEDIUM, _line(text, login.start(1)))


def _of_rails(kind: str, text: str) -> Iterator[Suspect]:
    """In `config/secrets.yml` the keys of development and tests are meant to be there, that of production is not."""
    if kind == "rails-token" and (key := _RAILS_TOKEN.search(text)):
        yield _rails_token(text, key[1], key.start(1))
    for section in _RAILS_SECTION.finditer(text if kind == "rails-secrets" else ""):
        if key := _RAILS_SECRET.search(section[1]):
            yield _rails_token(text, key[1], section.start(1) + key.start(1))


def _rails_token(text: str, key: str, start: int) -> Suspect:
    what = "The key to the sessions of Rails is committed"
    return Suspect("secret.rails-token", what, key, Confidence.MEDIUM, _line(text, start))


def _settings(text: str) -> Iterator[Suspect]:
    """The first setting that is named like a secret and holds something that looks like one, or a login elsewhere."""
    for match in _SECRET_SETTING.finditer(text):
        shortest, value = 8, match[2] or match[3] or match[4]
        if len(value) >= shortest and not _PLACEHOLDER.match(value) and not _is_public(match[1]):
            what = f"{match[1]} is committed with a value"
            yield Suspect("secret.environment", what, value, Confidence.MEDIUM, _line(text, match.start(1)))
            return
    if (login := _LOGIN_SETTING.search(text)) and not _PLACEHOLDER.match(login[2]):
        what = f"{login[1]} is committed with its password"
        yield Suspect("secret.environment", what, login[2], Confidence.MEDIUM, _line(text, login.start(1)))


def _is_public(name: str) -> bool:
    """Settings that a build puts into web pages are no secrets, whatever they are called."""
    return name.startswith(
        ("VITE_", "REACT_APP_", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "GATSBY_", "PUBLIC_", "EXPO_PUBLIC_")
    )


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
