"""Fixtures that every part of the test tree uses."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fakes.git_source import Content, GitSource
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

# Collecting the tests makes millions of objects that live to the end: looking through them for garbage took a third of
# that time, and most of the time of whatever then made many objects of its own.
gc.disable()

# These keep a worker busy for long, most of them with few tests: begun last, they would be waited for.
LONG = [
    "tests/flows/",
    "cli/test_onboarding_run.py",
    "project/test_documentation.py",
    "adapters/test_press.py",
    "cli/test_audit.py",
    "analysers/test_history_suspects.py",
    "cli/test_local_server",
    "cli/test_main.py",
    "cli/test_engine.py",
    "cli/test_doctor.py",
    "tests/simulation/",
    "adapters/test_checkout.py",
    "project/test_patterns.py",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {file: next((n for n, one in enumerate(LONG) if one in file), len(LONG)) for file in map(_file, items)}
    items.sort(key=lambda item: place[_file(item)])


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


class _ByFile(LoadFileScheduling):
    """In the order of collection; the tests of flows, which share a server, all to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/flows" if nodeid.startswith("tests/flows/") else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _ByFile | None:
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return _ByFile(config, log)


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()


_FIRST_START = """
import sys
from pathlib import Path
from clientdesk.cli.local_server import local_server
with local_server(Path(sys.argv[1])) as server:
    server.wait()
"""


@pytest.fixture(scope="session")
def started_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a Prefect server that has started once: making its tables takes as long as a start with them.

    One for all processes of a test run. To be copied, with `prefect_home`.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    home = folder / "prefect-home"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with (folder / "prefect-home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            made = folder / "prefect-home-begun"
            subprocess.run([sys.executable, "-c", _FIRST_START, made], env=environ, check=True)
            made.rename(home)
    return home


@pytest.fixture(scope="session")
def prefect_home(started_once: Path) -> Callable[[Path], Path]:
    """Makes such a folder: `prefect_home(tmp_path / "prefect")`; returns it."""
    return lambda folder: Path(shutil.copytree(started_once, folder, dirs_exist_ok=True))


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
