"""Where git's log puts commits among those that it has shown before, told without asking it for all of them again.

git keeps a queue: it shows the newest commit in it (of two as old, the one that came first), and puts its parents in.
"""

from __future__ import annotations

from clientdesk.adapters.commit_log import CommitLog


def places(newer: CommitLog, kept: CommitLog) -> list[int] | None:
    """How many kept commits come before each newer one; None where that can't be told for certain.

    `kept` is the log of an earlier commit, the first in it, from its beginning; `newer` is what has come since, in
    git's order, with the parents. Newer commits that come after all kept ones have the place behind the last.

    The newer ones keep their order among themselves, for only newer ones put them into the queue. So do the kept ones,
    unless a newer one puts a kept one in so early that it is shown before its turn: that one, when it is not certainly
    older than all that come before it, is a case for None, and so are a newer and a kept one of the same second.
    """
    walk = _Walk(newer, kept)
    return walk.places() if newer.is_plain and kept.is_plain and walk.is_apart() else None


class _Walk:
    def __init__(self, newer: CommitLog, kept: CommitLog) -> None:
        self._newer, self._kept = newer, kept
        self._newer_ids, self._kept_numbers = newer.numbers(), kept.numbers()
        self._shown = 0
        self._has_begun = False
        self._waiting: set[int] = set()

    def is_apart(self) -> bool:
        """With clocks that go wrong, git takes a commit of old for a newer one."""
        return self._newer_ids.keys().isdisjoint(self._kept_numbers)

    def places(self) -> list[int] | None:
        found: list[int] = []
        for at, parents in zip(self._newer.at, self._newer.parents, strict=True):
            if not (self._show_kept_before(at) and self._queue(parents)):
                return None
            found.append(self._shown)
        return found if self._has_begun and self._show_waiting() else None

    def _queue(self, parents: tuple[bytes, ...]) -> bool:
        for parent in parents:
            if parent not in self._newer_ids:
                place = self._kept_numbers.get(parent, -1)
                if place < 0:
                    return False
                self._has_begun = self._has_begun or place == 0
                if place >= max(self._shown, 1):
                    self._waiting.add(place)
        return True

    def _show_kept_before(self, at: int) -> bool:
        """Show those that are newer than a newer commit."""
        while (front := self._front()) >= at:
            if front == at or not self._show():
                return False
        return True

    def _show_waiting(self) -> bool:
        while self._waiting:
            if not self._show():
                return False
        return True

    def _front(self) -> int:
        """The instant of the newest kept commit in the queue, -1 where there is none."""
        due = [self._shown] if self._has_begun and self._shown < len(self._kept) else []
        return max((self._kept.at[place] for place in (*due, *self._waiting)), default=-1)

    def _show(self) -> bool:
        """The next one in its turn; false where another may come first."""
        if not self._has_begun:
            return False
        self._waiting.discard(self._shown)
        at = self._kept.at[self._shown]
        self._shown += 1
        return all(self._kept.at[place] < at for place in self._waiting)
