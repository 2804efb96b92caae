"""What this installation is set up with: the environment, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from clientdesk.domain.refusal import Refusal

_PREFIX = "CLIENTDESK_"
_NAMES = frozenset(
    _PREFIX + name
    for name in (
        "HOME", "DATABASE_URL", "DOCUMENTS", "OUTBOX", "CACHE", "AGENCY", "MAIL_REDIRECT_TO",
        "SMTP_HOST", "SMTP_PORT", "SMTP_TLS", "SMTP_USER", "SMTP_PASSWORD", "SMTP_PASSWORD_FILE",
        "IMAP_HOST", "IMAP_PORT", "IMAP_USER", "IMAP_PASSWORD", "IMAP_PASSWORD_FILE", "IMAP_MAILBOX",
        "CLONE_MAX_MB", "CLONE_MAX_SECONDS", "SECRETS_HISTORY", "ADVISORY_SERVICE", "OSV_URL",
        "PACKAGE_INDEXES", "PACKAGIST_INDEX", "GO_PROXY", "DECISION_DAYS", "REMINDER_DAYS", "NOTICE_SLACK_URL", "DEBUG",
    )
)  # fmt: skip
_PROJECT = Path(__file__).parents[2]
_MOST_PORT = 65_535
_LEAST_DAYS, _MOST_DAYS = 0.0005, 365


class BadSetting(Refusal):
    """A variable of the environment can't be used; the message names it and says what would do."""


class Tls(StrEnum):
    """How the connection to the mail server is kept secret; `AUTO` leaves it to host and port."""

    AUTO = ""
    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


class AdvisoryService(StrEnum):
    """Whom pip-audit asks."""

    OSV = "osv"
    PYPI = "pypi"


class IndexUse(StrEnum):
    """Whether the indexes of pip, npm and gem are asked how old direct dependencies are; names alone are sent."""

    ASK = "ask"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    tls: Tls
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MailBox:
    """Where delivery reports arrive, by IMAP over TLS."""

    host: str
    port: int
    user: str
    mailbox: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths are absolute. `mail_server` is None where mails stay in the outbox; `mail_redirect_to` "" sends for real.

    `documents` is a folder or an address that fsspec knows. Addresses that may hold a password are left out of `repr`.
    """

    home: Path
    database_url: str = field(repr=False)
    documents: str = field(repr=False)
    outbox: Path
    cache: Path
    compiled_rules: Path
    agency: Path
    mail_server: MailServer | None
    mail_redirect_to: str
    reports: MailBox | None
    clone_max_mb: int
    clone_max_seconds: int
    secrets_history: bool
    advisory_service: AdvisoryService
    osv_url: str
    package_indexes: IndexUse
    packagist_index: str = field(repr=False)
    go_proxy: str = field(repr=False)
    decision_days: float
    reminder_days: float
    notice_slack_url: str = field(repr=False)


def read_settings(environ: Mapping[str, str], cwd: Path) -> Settings:
    """The settings of an environment, relative paths counted from `cwd`; raises `BadSetting`. Makes no folder."""
    _refuse_misspelt(environ)
    read = _Reader(environ, cwd)
    home, cache = _folders(read, environ)
    return Settings(
        home=home,
        database_url=read.text("DATABASE_URL", f"sqlite:///{home / 'clientdesk.db'}"),
        documents=read.place("DOCUMENTS", home / "documents"),
        outbox=read.path("OUTBOX", home / "outbox"),
        cache=read.path("CACHE", cache),
        compiled_rules=_compiled_rules(read, environ, read.path("CACHE", cache)),
        agency=read.path("AGENCY", _default_agency(cwd, home)),
        mail_server=_mail_server(read),
        mail_redirect_to=read.address("MAIL_REDIRECT_TO"),
        reports=_mailbox(read),
        clone_max_mb=read.number("CLONE_MAX_MB", 4_000),
        clone_max_seconds=read.number("CLONE_MAX_SECONDS", 900),
        secrets_history=read.flag("SECRETS_HISTORY", default=True),
        advisory_service=AdvisoryService(read.choice("ADVISORY_SERVICE", AdvisoryService.OSV, AdvisoryService)),
        osv_url=read.web_address("OSV_URL", "https://api.osv.dev/v1/query"),
        package_indexes=IndexUse(read.choice("PACKAGE_INDEXES", IndexUse.ASK, IndexUse)),
        packagist_index=read.web_address("PACKAGIST_INDEX", ""),
        go_proxy=read.web_address("GO_PROXY", ""),
        decision_days=read.days("DECISION_DAYS", 14),
        reminder_days=read.days("REMINDER_DAYS", 1),
        notice_slack_url=read.web_address("NOTICE_SLACK_URL", ""),
    )


class _Reader:
    """Looks up variables by their name without the prefix; an empty one counts as not set."""

    def __init__(self, environ: Mapping[str, str], cwd: Path) -> None:
        self._environ = environ
        self._cwd = cwd

    def text(self, name: str, default: str = "") -> str:
        value = self._environ.get(_PREFIX + name, "").strip() or default
        if not value.isprintable():
            raise _bad(name, "has a line break or another control character in it")
        return value

    def path(self, name: str, default: Path) -> Path:
        value = self.text(name)
        return self._absolute(value) if value else default

    def place(self, name: str, default: Path) -> str:
        value = self.text(name, str(default))
        return value if "://" in value else str(self._absolute(value))

    def number(self, name: str, default: int, most: int = 10**9) -> int:
        value = self.text(name, str(default))
        is_number = value.isascii() and value.isdigit() and len(value) <= len(str(most))
        if not (is_number and 1 <= int(value) <= most):
            raise _bad(name, f"must be a whole number from 1 to {most}, not {value!r}")
        return int(value)

    def days(self, name: str, default: int) -> float:
        """Parts of a day too; at least about a minute, at most a year."""
        value = self.text(name, str(default))
        plain = value.replace(".", "", 1)
        if not (plain.isascii() and plain.isdigit() and _LEAST_DAYS <= float(value) <= _MOST_DAYS):
            raise _bad(name, f"must be a number of days from {_LEAST_DAYS} to {_MOST_DAYS}, not {value!r}")
        return float(value)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name, "yes" if default else "no").lower()
        if value not in {"yes", "no"}:
            raise _bad(name, f"must be yes or no, not {value!r}")
        return value == "yes"

    def choice(self, name: str, default: str, choices: type[StrEnum]) -> str:
        value = self.text(name, default).lower()
        if value not in list(choices):
            raise _bad(name, f"must be one of {', '.join(each for each in choices if each)}, not {value!r}")
        return value

    def address(self, name: str) -> str:
        value = self.text(name)
        local, _, domain = value.rpartition("@")
        if value and (not local or not domain or " " in value):
            raise _bad(name, f"must be one e-mail address, not {value!r}")
        return value

    def host(self, name: str) -> str:
        value = self.text(name)
        if "/" in value or " " in value or value.count(":") == 1:
            raise _bad(name, f"must be a host's name alone, without scheme and port, not {value!r}")
        return value

    def web_address(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value and not value.startswith(("https://", "http://")):
            raise _bad(name, "must begin with https:// or http://")
        return value

    def password(self, server: str) -> str:
        """As it is written, or the first line of the file that is named; "" where there is none."""
        written, name = self._environ.get(f"{_PREFIX}{server}_PASSWORD", ""), f"{server}_PASSWORD_FILE"
        if not self.text(name):
            return written
        if written:
            raise _bad(name, f"and {_PREFIX}{server}_PASSWORD are both set: keep one")
        file = self.path(name, Path())
        try:
            return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise _bad(name, f"names {file}, which can't be read: {error}") from error

    def _absolute(self, value: str) -> Path:
        if value == "~" or value.startswith("~/"):
            return _user_home(self._environ) / value[2:]
        return self._cwd / value


def _folders(read: _Reader, environ: Mapping[str, str]) -> tuple[Path, Path]:
    """Where data and cache lie: all in the folder that is named, else by the XDG directories' rule."""
    if read.text("HOME"):
        home = read.path("HOME", Path())
        return home, home / "cache"
    return _by_xdg(environ, "XDG_DATA_HOME", ".local/share"), _by_xdg(environ, "XDG_CACHE_HOME", ".cache")


def _compiled_rules(read: _Reader, environ: Mapping[str, str], cache: Path) -> Path:
    """They take seconds to make and are the same for all data folders of a user."""
    with suppress(BadSetting):
        if not read.text("CACHE"):
            return _by_xdg(environ, "XDG_CACHE_HOME", ".cache") / "kingfisher"
    return cache / "kingfisher"


def _mail_server(read: _Reader) -> MailServer | None:
    host, user, password = read.host("SMTP_HOST"), read.text("SMTP_USER"), read.password("SMTP")
    tls = Tls(read.choice("SMTP_TLS", Tls.AUTO, Tls))
    if bool(user) != bool(password):
        raise _bad("SMTP_USER", "and a password go together: set both or neither")
    if user and not host:
        raise _bad("SMTP_HOST", f"is not set, and {_PREFIX}SMTP_USER is: name the mail server")
    if not host:
        return None
    usual = {Tls.IMPLICIT: 465, Tls.NONE: 25}.get(tls, 587)
    return MailServer(host, read.number("SMTP_PORT", usual, _MOST_PORT), tls, user, password)


def _mailbox(read: _Reader) -> MailBox | None:
    host, user, password = read.host("IMAP_HOST"), read.text("IMAP_USER"), read.password("IMAP")
    if not host and not user and not password:
        return None
    if not (host and user and password):
        raise _bad("IMAP_HOST", f"and {_PREFIX}IMAP_USER and a password go together: set all three or none")
    return MailBox(host, read.number("IMAP_PORT", 993, _MOST_PORT), user, read.text("IMAP_MAILBOX", "INBOX"), password)


def _refuse_misspelt(environ: Mapping[str, str]) -> None:
    """A variable that is nearly one of ours is one of ours misspelt; others may belong to somebody else."""
    known = [name.removeprefix(_PREFIX) for name in _NAMES]
    for name in sorted(environ):
        near = get_close_matches(name.removeprefix(_PREFIX), known, 1, 0.85)
        if name.startswith(_PREFIX) and name not in _NAMES and near:
            raise _bad(name.removeprefix(_PREFIX), f"is not a setting: did you mean {_PREFIX}{near[0]}?")


def _by_xdg(environ: Mapping[str, str], variable: str, below_home: str) -> Path:
    named = Path(environ.get(variable, ""))
    # The rule says to ignore a path that is not absolute.
    parent = named if named.is_absolute() else _user_home(environ) / below_home
    return parent / "clientdesk"


def _user_home(environ: Mapping[str, str]) -> Path:
    home = Path(environ.get("HOME", ""))
    if not home.is_absolute():
        raise _bad("HOME", "is not set, and neither is HOME: name the folder for clientdesk's data")
    return home


def _default_agency(cwd: Path, home: Path) -> Path:
    """Where one is found first: here, among the data, or the one that comes with the project."""
    folders = (cwd, home, _PROJECT)
    return next(
        (folder / "agency.toml" for folder in folders if (folder / "agency.toml").is_file()), cwd / "agency.toml"
    )


def _bad(name: str, what: str) -> BadSetting:
    return BadSetting(f"{_PREFIX}{name} {what}")
