"""Fixtures that every part of the test tree uses."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fakes.git_source import Content, GitSource

# Collecting the tests makes millions of objects that live to the end: looking through them for garbage took a third of
# that time, and most of the time of whatever then made many objects of its own.
gc.disable()


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()


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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden from what is printed now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares text with a file of tests/golden: `golden("proposal.en.html", page)`."""
    folder = Path(__file__).parent / "golden"

    def compare(name: str, actual: str) -> None:
        path = folder / name
        if request.config.getoption("--update-golden"):
            path.write_text(actual, encoding="utf-8")
        assert path.is_file(), f"{name} is not in tests/golden: run pytest --update-golden and read the new file"
        assert actual == path.read_text(encoding="utf-8"), f"{name} has changed: run --update-golden, read the diff"

    return compare
