"""Results of many files, held as the text they came as: as objects they would take ten times the room."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from clientdesk.adapters.analysers.wire import Result, answer_of

Key = TypeVar("Key")


class Packed(Mapping[Key, Result], Generic[Key]):
    """Each look makes the result anew: whoever needs one twice keeps it."""

    def __init__(self) -> None:
        self._texts: dict[Key, bytes] = {}

    def put(self, key: Key, result: Result) -> None:
        self._texts[key] = json.dumps(result, separators=(",", ":")).encode()

    def __getitem__(self, key: Key) -> Result:
        return answer_of(self._texts[key])

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[Key]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
