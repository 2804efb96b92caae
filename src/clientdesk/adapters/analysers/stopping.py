"""Whether this process is being stopped: threads can't be interrupted, so the tools they wait for are ended instead."""

from __future__ import annotations

import threading

_stopping = threading.Event()


def stop_tools() -> None:
    """Every running tool ends within a second, and none starts any more. There is no way back."""
    _stopping.set()


def is_stopping() -> bool:
    return _stopping.is_set()
