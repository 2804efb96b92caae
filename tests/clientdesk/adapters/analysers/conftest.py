"""What the analysers need before they can be tried."""

import os
import warnings
from pathlib import Path

import pytest

from clientdesk.settings import read_settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # its loader of plug-ins calls its own library wrongly
    import bandit  # noqa: F401


@pytest.fixture(scope="session")
def rules() -> Path:
    """Where this user's commands keep the rules of the search for secrets: compiling them takes seconds each time."""
    own = {name: os.environ[name] for name in ("HOME", "XDG_CACHE_HOME") if name in os.environ}
    return read_settings(own, Path.cwd()).compiled_rules
