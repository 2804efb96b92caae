"""Fixtures that every part of the test tree uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fakes.git_source import Content, GitSource


@pytest.fixture
def repository_of(tmp_path: Path) -> Callable[..., GitSource]:
    """Builds a real git repository: `repository_of({"app.py": "..."})`; more commits with its `commit`."""

    def build(files: Mapping[str, Content] | None = None, *, name: str = "app", bare: bool = True) -> GitSource:
        source = GitSource(tmp_path / "sources" / name, bare=bare)
        if files:
            source.commit(files, message="Begin")
        if files and not bare:
            source.check_out()
        return source

    return build
