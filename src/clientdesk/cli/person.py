"""Who sits at the terminal, where a command keeps a name."""

from __future__ import annotations

import getpass

import click


def person(name: str) -> str:
    """The name given, else the login name."""
    if name.strip():
        return name.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise click.UsageError("this login has no name: say --by NAME") from error
