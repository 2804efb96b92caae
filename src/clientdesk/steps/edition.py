"""Which version of clientdesk this is: a part of what an audit's results depend on."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def edition() -> str:
    """The installed version, "" where it is run without being installed: then audits can't be compared."""
    try:
        return version("clientdesk")
    except PackageNotFoundError:
        return ""
