"""Which addresses git may be given: a pattern of our own, before git or a shell sees a single character."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from clientdesk.adapters.git_access import Access
from clientdesk.domain.refusal import Refusal

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])"
_PATH = r"[A-Za-z0-9/~._][A-Za-z0-9/~._+@%,=() -]*"
_URL = re.compile(rf"(?:https?|ssh)://(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?{_HOST}(?::\d{{1,5}})?/{_PATH}")
_SCP = re.compile(rf"(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?({_HOST}):({_PATH})")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_KINDS = "https://host/path, ssh://git@host/path or git@host:path"


@dataclass(frozen=True, slots=True)
class Source:
    """A place that may be read. `url` is for git, `printed` for people; `protocol` is the only one git may speak.

    `access` opens a private one; None for what everybody, or a key of this machine's SSH agent, may read.
    """

    url: str
    printed: str
    protocol: str
    access: Access | None = field(default=None, compare=False)

    @property
    def is_folder(self) -> bool:
        return self.protocol == "file"

    @property
    def credential(self) -> str:
        """The name of what opens it, "" for nothing."""
        return self.access.credential if self.access else ""


def source_of(address: str, *, folders_allowed: bool) -> Source:
    """Judge an address as a person wrote it; raises a `Refusal` that never repeats a password."""
    text = address.strip()
    _refuse_disguises(text)
    if _SCHEME.match(text):
        return _url_source(text)
    if ":" in text.split("/", 1)[0]:
        return _scp_source(text)
    return _folder_source(text, folders_allowed=folders_allowed)


def _refuse_disguises(text: str) -> None:
    if not text:
        raise Refusal(f"the repository's address is empty; give {_KINDS}, or a folder")
    if text.startswith("-"):
        raise Refusal(f'an address can\'t begin with "-", which git would take for an option; give {_KINDS}')
    if not text.isprintable():
        raise Refusal("the address contains a line break or another unprintable character; type it anew")
    if re.match(r"[A-Za-z0-9+.-]+::", text):
        raise Refusal(f"addresses with :: start a program of their choice and are refused; give {_KINDS}")


def _url_source(text: str) -> Source:
    try:
        parts = urlsplit(text)
        _refuse_scheme(parts)
        _refuse_credentials(parts)
    except ValueError as error:
        raise Refusal(f"the address can't be read as one; give {_KINDS}") from error
    if not _URL.fullmatch(text):
        raise Refusal(f"the address contains characters that no repository address needs; give {_KINDS}")
    place = parts.netloc.rpartition("@")[2]
    return Source(text, f"{parts.scheme}://{place}{parts.path}", parts.scheme)


def _refuse_scheme(parts: SplitResult) -> None:
    if parts.scheme == "file":
        raise Refusal("file:// addresses are refused; name the folder itself")
    if parts.scheme not in {"https", "http", "ssh"}:
        raise Refusal(f"{parts.scheme}:// addresses are refused; give {_KINDS}")
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise Refusal("http:// sends code and credentials readably over the network; give the https:// address")


def _refuse_credentials(parts: SplitResult) -> None:
    """A password in an address ends up in logs, process lists and reports; so does a token used as user name."""
    if parts.password is not None or (parts.scheme != "ssh" and parts.username is not None):
        raise Refusal(
            "the address carries a user name, password or token, which would be kept in logs and reports; "
            "give it without, and name a credential of agency.toml, or use an SSH key (git@host:path)"
        )
    if parts.query or parts.fragment:
        raise Refusal("the address has a ? or # part; give it without (the branch is named on its own)")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _scp_source(text: str) -> Source:
    match = _SCP.fullmatch(text)
    if match is None:
        raise Refusal(f"the address is none that can be cloned; give {_KINDS}, or a folder")
    return Source(text, f"{match[1]}:{match[2]}", "ssh")


def _folder_source(text: str, *, folders_allowed: bool) -> Source:
    if not folders_allowed:
        raise Refusal(f"folders are read only where a person at the terminal names them; give {_KINDS}")
    try:
        folder = Path(text).expanduser().resolve()
        is_there, is_folder = folder.exists(), folder.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise Refusal(f"the folder {text} can't be read: {error}") from error
    if not is_there:
        raise Refusal(f"there is no folder {text}; check its name, or give {_KINDS}")
    if not is_folder:
        raise Refusal(f"{text} is a file; name the folder of the repository")
    return Source(str(folder), str(folder), "file")
