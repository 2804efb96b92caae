"""How the main process and its workers talk: counted frames, bytes out, JSON back.

JSON and not pickle: what comes back was made beside hostile input.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

# JSON's types.
Result: TypeAlias = dict[str, object]

_COUNT = struct.Struct("!I")
ANSWER_LIMIT = 64 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """One content to analyse. `kind` is its language; `blob` git's id of it."""

    kind: str
    blob: str
    data: bytes


def batch_bytes(jobs: Sequence[Job]) -> bytes:
    """All jobs in one piece: the worker reads them all before it starts, so that neither side waits for the other."""
    parts = [_COUNT.pack(len(jobs))]
    for job in jobs:
        kind = job.kind.encode()
        parts += [_COUNT.pack(len(kind)), kind, _COUNT.pack(len(job.data)), job.data]
    return b"".join(parts)


def batches(stream: BinaryIO) -> Iterator[list[tuple[str, bytes]]]:
    """Kind and content of each job, batch by batch, until the other side closes."""
    while head := stream.read(_COUNT.size):
        yield [(_piece(stream).decode(), _piece(stream)) for _ in range(_COUNT.unpack(head)[0])]


def _piece(stream: BinaryIO) -> bytes:
    return stream.read(_COUNT.unpack(stream.read(_COUNT.size))[0])


def answer_bytes(result: Result) -> bytes:
    content = json.dumps(result).encode()
    if len(content) > ANSWER_LIMIT:
        content = json.dumps({"unread": "gave more findings than can be kept"}).encode()
    return _COUNT.pack(len(content)) + content


def answer_size(head: bytes) -> int:
    """The size of the answer that follows; raises `ValueError` for one that no worker of ours would send."""
    size: int = _COUNT.unpack(head)[0]
    if size > ANSWER_LIMIT:
        raise ValueError(f"an answer of {size} bytes")
    return size


HEAD = _COUNT.size


def answer_of(content: bytes) -> Result:
    """Raises `ValueError` for what is no answer."""
    value = json.loads(content)
    if not isinstance(value, dict):
        raise ValueError("no answer")  # noqa: TRY004  the sender's fault, not the caller's
    return value
