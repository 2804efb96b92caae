"""How a repository is written on the command line: an address or a folder, with `#branch` where one is meant."""

from __future__ import annotations

from pathlib import Path

from clientdesk.domain.intake import RepositoryAddress


def repository_of(text: str, ref: str = "", credential: str = "") -> RepositoryAddress:
    """`https://host/shop.git#v2.1` is that tag; a folder whose name holds a `#` is itself."""
    address, mark, name = text.rpartition("#")
    if not mark or Path(text).exists():
        return RepositoryAddress(text, ref, credential)
    return RepositoryAddress(address, ref or name, credential)
