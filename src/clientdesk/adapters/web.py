"""Asking other people's servers: bounded in time and size, patient when told to wait, and saying why it failed."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import partial
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self
from urllib.parse import urlsplit

from clientdesk.adapters.later import later

if TYPE_CHECKING:
    import httpx
else:
    httpx = later(partial(import_module, "httpx"))


_TRIES = 3
_FIRST_PAUSE = 0.5  # seconds; doubled for each further try
_LONGEST_PAUSE = 20.0
_WAIT_AND_TRY_AGAIN = frozenset({429, 502, 503, 504})
_NOT_FOUND = frozenset({404, 410})
_OK = 200


class NoAnswer(Exception):
    """The server gave nothing that can be used; the message says why, without passwords of its address."""


class NotThere(NoAnswer):
    """The server answers, and knows nothing of the kind."""


class NotReached(NoAnswer):
    """Nobody answers there, or not in time: no use in asking for more."""


@dataclass(slots=True)
class Web:
    """`seconds` for everything together from the first question on; `answer_seconds` for one answer.

    It may be shared by threads. Follow it with `close`, or use it in a `with` statement.
    """

    seconds: float
    answer_seconds: float = 15.0
    most_bytes: int = 64 << 20
    sleep: Callable[[float], None] = time.sleep
    _client: httpx.Client = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)
    _due: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            # The machine's own store of certificates, so that a company's proxy is trusted as its browsers do.
            verify=ssl.create_default_context(),
            timeout=httpx.Timeout(self.answer_seconds, connect=min(5.0, self.answer_seconds)),
            headers={"User-Agent": "clientdesk"},
            follow_redirects=True,
            max_redirects=5,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def json(self, address: str, body: object = None, headers: Mapping[str, str] | None = None) -> object:
        """What the address answers: to a GET, or to a POST of `body`. Raises `NoAnswer`."""
        content = self.bytes(address, body, headers)
        try:
            value: object = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise NoAnswer(f"{host_of(address)} answered with something that is not JSON") from error
        return value

    def bytes(self, address: str, body: object = None, headers: Mapping[str, str] | None = None) -> bytes:
        """The answer's content. Raises `NoAnswer`."""
        content = BytesIO()
        self._fetch(address, body, headers, content)
        return content.getvalue()

    def save(self, address: str, file: Path) -> None:
        """Write what the address answers into a file. Raises `NoAnswer`, and `OSError` for the file."""
        with file.open("wb") as stream:
            self._fetch(address, None, None, stream)

    def _fetch(self, address: str, body: object, headers: Mapping[str, str] | None, target: BinaryIO) -> None:
        """Tried again while the server asks for patience."""
        pause = _FIRST_PAUSE
        for attempt in range(1, _TRIES + 1):
            busy = self._asked(address, body, headers, target)
            if busy is None:
                return
            wanted = busy.seconds if busy.seconds is not None else pause
            if attempt == _TRIES or wanted > min(_LONGEST_PAUSE, self._left()):
                break
            self.sleep(wanted)
            pause *= 2
        raise NotReached(f"{host_of(address)} is too busy to answer")

    def _asked(self, address: str, body: object, headers: Mapping[str, str] | None, target: BinaryIO) -> _Busy | None:
        if self._left() <= 0:
            raise NotReached(f"there was no time left to ask {host_of(address)}")
        method = "GET" if body is None else "POST"
        try:
            with self._client.stream(method, address, json=body, headers=headers) as response:
                return self._read(response, address, target)
        except httpx.TransportError as error:
            raise NotReached(f"{host_of(address)} could not be reached ({_why(error)})") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise NoAnswer(f"{host_of(address)} could not be asked ({type(error).__name__})") from error

    def _read(self, response: httpx.Response, address: str, target: BinaryIO) -> _Busy | None:
        if response.status_code in _WAIT_AND_TRY_AGAIN:
            return _Busy(_seconds(response.headers.get("Retry-After", "")))
        if response.status_code in _NOT_FOUND:
            raise NotThere(f"{host_of(address)} does not know it")
        if response.status_code != _OK:
            raise NoAnswer(f"{host_of(address)} answered with status {response.status_code}")
        if address.startswith("https://") and response.url.scheme != "https":
            raise NoAnswer(f"{host_of(address)} sends its askers to an address without encryption")
        size = 0
        for chunk in response.iter_bytes():
            size += target.write(chunk)
            if size > self.most_bytes:
                raise NoAnswer(f"{host_of(address)} answered with more than {self.most_bytes >> 20} MB")
            if self._left() <= 0:
                raise NotReached(f"{host_of(address)} took too long to answer")
        return None

    def _left(self) -> float:
        with self._lock:
            self._due = self._due or time.monotonic() + self.seconds
            return self._due - time.monotonic()


@dataclass(frozen=True, slots=True)
class _Busy:
    """The server asks for patience; `seconds` None where it does not say how long."""

    seconds: float | None


def host_of(address: str) -> str:
    """For print: the host alone, without user name, password or path."""
    try:
        return urlsplit(address).hostname or "the address"
    except ValueError:
        return "the address"


def _seconds(retry_after: str) -> float | None:
    """`Retry-After` is a number of seconds, or a date."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004  longer ones are no waiting time
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _why(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return "no connection" if isinstance(error, httpx.ConnectError) else type(error).__name__
