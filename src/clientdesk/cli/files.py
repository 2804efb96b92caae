"""Writing what a person asked for into a file of theirs."""

from __future__ import annotations

from pathlib import Path

import click


def write(path: Path, content: bytes) -> None:
    """Whole or not at all; what is in the way is said as a mistake in the command."""
    from clientdesk.adapters.whole_file import write_whole

    try:
        write_whole(path.absolute(), content)
    except OSError as error:
        raise click.UsageError(f"{path} can't be written: {error.strerror}") from error
