"""Lets git into a private repository: the secret goes through a pipe that git inherits, and lies nowhere else."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Login:
    """Name and secret for web addresses under `scope` ("https://host"); git asks for them nowhere else.

    `secret` brings the secret each time git starts, so that one that has run out meanwhile is a new one.
    """

    credential: str
    scope: str
    user: str
    secret: Callable[[], str] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Key:
    """The file of an SSH key, which ssh reads by itself."""

    credential: str
    file: str


Access = Login | Key


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What one git process is given: options before its command, pipes it inherits, options for ssh."""

    options: tuple[str, ...] = ()
    pipes: tuple[int, ...] = ()
    ssh: str = ""


@contextmanager
def handed_over(access: Access | None) -> Iterator[HandedOver]:
    """For the start of one git process. The block ends when it has started, and with it our end of the pipe.

    git asks the helper once for each process and keeps the answer; the pipe is empty then. Neither arguments nor
    variables hold the secret, and no file does.
    """
    if access is None:
        yield HandedOver()
    elif isinstance(access, Key):
        yield HandedOver(ssh=f"-i {shlex.quote(access.file)} -o IdentitiesOnly=yes")
    else:
        pipe = _filled_pipe(f"username={access.user}\npassword={access.secret()}\n".encode())
        try:
            yield HandedOver(("-c", f"credential.{access.scope}.helper={_helper(pipe)}"), (pipe,))
        finally:
            os.close(pipe)


def _helper(pipe: int) -> str:
    """Answers the question "get"; what git wants stored or erased is none of its business."""
    return f'!f() {{ test "$1" = get && cat /dev/fd/{pipe}; }}; f'


def _filled_pipe(content: bytes) -> int:
    reading, writing = os.pipe()
    try:
        os.set_blocking(writing, False)  # more than a pipe holds is no secret, and must not make us wait
        os.write(writing, content)
    except OSError:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    return reading
