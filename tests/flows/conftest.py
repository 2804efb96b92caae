"""One Prefect server for all tests of flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prefect.settings import (
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_SERVER_ANALYTICS_ENABLED,
    temporary_settings,
)
from prefect.testing import utilities


@pytest.fixture(scope="session", autouse=True)
def engine(tmp_path_factory: pytest.TempPathFactory, prefect_home: Callable[[Path], Path]) -> Iterator[None]:
    home = prefect_home(tmp_path_factory.mktemp("engine"))
    for file in home.glob("prefect.db*"):
        file.rename(home / file.name.replace("prefect", "prefect-test"))  # as Prefect names it
    quiet = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_SERVER_ANALYTICS_ENABLED: False}
    with pytest.MonkeyPatch.context() as patched, temporary_settings(quiet):
        patched.setattr(utilities, "mkdtemp", lambda: str(home))
        with utilities.prefect_test_harness(server_startup_timeout=90):
            yield
