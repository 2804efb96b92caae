"""Results of many files, pressed together some dozens at a time: as objects they take a hundred times the room."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from clientdesk.adapters.analysers.wire import Result, answer_of

_AT_ONCE, _BYTES_AT_ONCE = 64, 128 << 10
_QUICKLY = 1
_NOT_YET = -1
# Whoever goes through all of them in order meets results that several workers gave at once.
_OPENED = 8


class ResultsByPath(Mapping[str, Result]):
    """In the order in which paths were announced, whenever their results come. Each look makes the result anew.

    One thread at a time may put results in; any number may look.
    """

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._pressed: list[bytes] = []
        self._loose: list[bytes] = []
        self._loose_bytes = 0
        self._opened = lru_cache(_OPENED)(self._open)

    def announce(self, path: str) -> None:
        self._places.setdefault(path, _NOT_YET)

    def put(self, path: str, result: Result) -> None:
        text = json.dumps(result, separators=(",", ":")).encode()
        self._places[path] = len(self._pressed) * _AT_ONCE + len(self._loose)
        self._loose.append(text)
        self._loose_bytes += len(text)
        if len(self._loose) == _AT_ONCE or self._loose_bytes > _BYTES_AT_ONCE:
            self._press()

    @property
    def awaited(self) -> list[str]:
        """The paths without a result."""
        return [path for path, place in self._places.items() if place == _NOT_YET]

    def __getitem__(self, path: str) -> Result:
        place = self._places[path]
        if place == _NOT_YET:
            raise KeyError(path)
        group, number = divmod(place, _AT_ONCE)
        return answer_of(self._loose[number] if group == len(self._pressed) else self._opened(group)[number])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _press(self) -> None:
        self._pressed.append(zlib.compress(b"\n".join(self._loose), _QUICKLY))  # JSON has no line ends of its own
        self._loose, self._loose_bytes = [], 0

    def _open(self, group: int) -> Sequence[bytes]:
        return zlib.decompress(self._pressed[group]).split(b"\n")
