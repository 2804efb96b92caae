"""Reads a secret from where it lies: a variable, a file, a Secret block of the Prefect server. It is kept nowhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from clientdesk.domain.refusal import Refusal

_LONGEST = 20_000


class NoSecret(Refusal):
    """There is no secret at the place named. The message names the place, never what was found there."""


class SecretPlaces:
    """`block` brings the value of a Prefect Secret block by its name; it may raise `NoSecret`."""

    def __init__(self, variables: Mapping[str, str], block: Callable[[str], str]) -> None:
        self._variables = variables
        self._block = block

    def read(self, place: str) -> str:
        """The secret at "env:NAME", "file:/place" or "prefect:block"; raises `NoSecret`."""
        kind, _, name = place.partition(":")
        readers = {"env": self._variable, "file": _file, "prefect": self._block}
        value = readers[kind](name).strip()
        if not value:
            raise NoSecret(f"the secret {place} is empty")
        if len(value) > _LONGEST:
            raise NoSecret(f"the secret {place} is longer than {_LONGEST} characters: that is no token and no key")
        return value

    def _variable(self, name: str) -> str:
        if name not in self._variables:
            raise NoSecret(f"the variable {name} is not set: the secret of a credential in agency.toml is read from it")
        return self._variables[name]


def private_file(name: str) -> Path:
    """A file that its owner alone may read; raises `NoSecret`."""
    path = Path(name).expanduser()
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise NoSecret(f"the secret's file {path} can't be read: {error.strerror}") from error
    if not stat.S_ISREG(mode):
        raise NoSecret(f"{path} is not a file: name the file that holds the secret")
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise NoSecret(f"others may read {path}: chmod 600 it, and replace the secret if they could have")
    return path


def _file(name: str) -> str:
    path = private_file(name)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NoSecret(f"the secret's file {path} can't be read: it must be text that this user may read") from error
