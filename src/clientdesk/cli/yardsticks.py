"""What an audit is judged by, out of the files that a command names: a profile, an earlier audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from clientdesk.audit.changes import EarlierAudit
    from clientdesk.audit.profile import Profile


def profile_of(path: Path | None) -> Profile | None:
    """Raises what a profile that is none is refused with."""
    if path is None:
        return None
    from clientdesk.adapters.profile_file import read_profile

    return read_profile(path)


def earlier_of(path: Path | None) -> EarlierAudit | None:
    if path is None:
        return None
    from clientdesk.documents.audit_baseline import earlier_from_bytes

    try:
        content = path.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{path} can't be read: {error.strerror}") from error
    return earlier_from_bytes(content, path.name)
