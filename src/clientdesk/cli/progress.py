"""Live progress on the terminal: each step with a spinner, its seconds and how it ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from clientdesk.documents.client_text import printable
from clientdesk.ports.people import Ending

_TITLE_WIDTH = 44


@dataclass(frozen=True, slots=True)
class Step:
    """A step that has ended: when it began and ended, in seconds since the display began."""

    title: str
    began: float
    ended: float
    word: str


class TerminalProgress:
    """Running steps are shown live below, ended ones stay above as lines. Without a terminal: one line a step.

    Steps may run in several threads at once. `ended` keeps them all, for whoever measures; `began_at`
    is when their clock began (seconds since 1970).
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._began = time.monotonic()
        self.began_at = time.time()
        self._running: dict[int, tuple[str, float]] = {}
        self._lock = threading.Lock()
        self._live = Live(console=self._console, get_renderable=self._table, refresh_per_second=8, transient=True)
        self._numbers = iter(range(1_000_000))
        self.ended: list[Step] = []

    @contextmanager
    def shown(self) -> Iterator[TerminalProgress]:
        """The display, for as long as the work lasts."""
        with self._live:
            yield self

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Make room for a question."""
        self._live.stop()
        try:
            yield
        finally:
            self._live.start()

    @contextmanager
    def step(self, title: str) -> Iterator[Ending]:
        """A step, marked as good, as partly done, or as failed."""
        number, ending = self._begin(printable(title, _TITLE_WIDTH)), Ending()
        try:
            yield ending
        except BaseException:
            self._end(number, "failed", "✘", "red")
            raise
        mark, colour = ("✔", "green") if ending.is_good else ("!", "yellow")
        self._end(number, printable(ending.word), mark, colour)

    def _begin(self, title: str) -> int:
        with self._lock:
            number = next(self._numbers)
            self._running[number] = (title, time.monotonic() - self._began)
            return number

    def _end(self, number: int, word: str, mark: str, colour: str) -> None:
        with self._lock:
            title, began = self._running.pop(number)
            step = Step(title, began, time.monotonic() - self._began, word)
            self.ended.append(step)
        seconds = f"{step.ended - step.began:6.1f} s  "
        line = Text.assemble((f" {mark} ", colour), f"{title:<{_TITLE_WIDTH}} ", (seconds, "dim"), word)
        self._console.print(line, highlight=False, soft_wrap=True)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 1))
        with self._lock:
            running = list(self._running.values())
        now = time.monotonic() - self._began
        for title, began in running:
            table.add_row(Spinner("dots"), f"{title:<{_TITLE_WIDTH}}", f"{now - began:6.1f} s")
        return table
