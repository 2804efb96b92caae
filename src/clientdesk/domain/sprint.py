"""A maintenance sprint: what is to be done, what fits the box, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from clientdesk.domain.refusal import Refusal

# What has rolled this often no longer fits a window, and is proposed as a project of its own.
MOST_ROLLS = 2
# A start within these minutes is on time: whoever looks for due windows looks every few minutes.
_ON_TIME = timedelta(minutes=20)


class Source(StrEnum):
    """Why a piece of work is there."""

    STANDING = "standing"
    PROPOSAL = "proposal"
    TICKET = "ticket"


class Priority(StrEnum):
    """In the order in which the box is filled."""

    CRITICAL = "critical"
    STANDING = "standing"
    NORMAL = "normal"
    COSMETIC = "cosmetic"


class ItemState(StrEnum):
    """Where an item is; with its window it names exactly one place.

    `WAITING` for a window (the one it rolled to, or none yet), `IN_SPRINT`, `DONE` in a window; out of all windows as
    a `MINI_PROJECT` that is proposed, as one that was `ORDERED`, or `DROPPED`.
    """

    WAITING = "waiting"
    IN_SPRINT = "in_sprint"
    DONE = "done"
    MINI_PROJECT = "mini_project"
    ORDERED = "ordered"
    DROPPED = "dropped"


_S = ItemState
ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = {
    _S.WAITING: frozenset({_S.WAITING, _S.IN_SPRINT, _S.MINI_PROJECT, _S.DROPPED}),
    _S.IN_SPRINT: frozenset({_S.WAITING, _S.DONE, _S.MINI_PROJECT, _S.DROPPED}),
    _S.DONE: frozenset(),
    _S.MINI_PROJECT: frozenset({_S.WAITING, _S.ORDERED, _S.DROPPED}),
    _S.ORDERED: frozenset(),
    _S.DROPPED: frozenset(),
}
OPEN = frozenset({_S.WAITING, _S.IN_SPRINT})
_ORDER = {priority: place for place, priority in enumerate(Priority)}


class NotNow(Refusal):
    """The item or the sprint is not in a state for that; the message says what is possible."""


class BoxFull(Refusal):
    """More time than the box and its approved extensions hold."""


class BadEntry(Refusal):
    """A figure, a name or a word is missing, or can't be meant."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work before it has a place. `minutes` are person-minutes, likely.

    `key` names it once and for all among a client's: what follows an "@" tells one round of standing work from the
    next. `covers` are the proposal's work items that it takes care of, as `work_key` names them. `place` orders work of
    one priority. `note` is a sentence for the sheet.
    """

    key: str
    source: Source
    title: str
    minutes: int
    priority: Priority
    place: int = 0
    covers: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise BadEntry(f"{self.title!r} needs an estimate of at least a minute")
        if not self.title.strip():
            raise BadEntry("work has a title: say what is to be done")

    @property
    def topic(self) -> str:
        return self.key.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Done:
    """Who finished it, when, and what shows it."""

    by: str
    at: datetime
    evidence: str


@dataclass(frozen=True, slots=True)
class Item:
    """Work in its one place. `is_planned`: it fits the box of its sprint; `window` "" is none.

    `rolls` counts the windows that ended without it.
    """

    id: str
    client: str
    proposal: str
    work: Work
    state: ItemState = ItemState.WAITING
    window: str = ""
    is_planned: bool = False
    rolls: int = 0
    done: Done | None = None


def work_key(proposal: str, key: str, cause: str) -> str:
    """The name of a proposal's work item."""
    return f"{proposal}:{key}:{cause}"


def in_order(items: Iterable[Item]) -> list[Item]:
    """The order in which the box is filled: by priority, and within it what has rolled most often first."""
    return sorted(items, key=lambda item: (_ORDER[item.work.priority], -item.rolls, item.work.place, item.work.key))


def fitting(items: Iterable[Item], box_minutes: int) -> frozenset[str]:
    """The ids that the box takes: in order of priority, each while it fits what is left."""
    left, taken = box_minutes, set[str]()
    for item in in_order(items):
        if item.work.minutes <= left:
            left -= item.work.minutes
            taken.add(item.id)
    return frozenset(taken)


def taken_up(known: Sequence[Item], found: Iterable[Work]) -> tuple[list[Item], list[Work]]:
    """What is found, beside what is known: open items renewed by it, and the work that is new.

    Standing work that is still open from an earlier window is the same item, with today's size. Work that an item of
    whatever state has, or covers, is not taken a second time.
    """
    open_topics = {item.work.topic: item for item in known if item.state in OPEN}
    named = {name for item in known for name in (item.work.key, *item.work.covers)}
    renewed: list[Item] = []
    new: list[Work] = []
    for work in found:
        same = open_topics.get(work.topic)
        if same is not None and work.source is Source.STANDING:
            kept = replace(work, key=same.work.key, covers=tuple(dict.fromkeys((*same.work.covers, *work.covers))))
            renewed.append(replace(same, work=kept))
        elif work.key not in named:
            new.append(work)
            named.add(work.key)
        named.update(work.covers)
    return renewed, new


def rolled(item: Item, next_window: str) -> Item:
    """The item at the end of a window that did not finish it: on to the next (or waiting for one), or a project."""
    rolls = item.rolls + 1
    if rolls >= MOST_ROLLS:
        return replace(item, state=ItemState.MINI_PROJECT, window="", is_planned=False, rolls=rolls)
    return replace(item, state=ItemState.WAITING, window=next_window, is_planned=False, rolls=rolls)


def in_sprint(items: Iterable[Item], window: str, box_minutes: int) -> list[Item]:
    """The items put into a sprint, in order; those that fit its box are planned."""
    there = in_order(items)
    taken = fitting(there, box_minutes)
    return [
        replace(each, state=moved(each, ItemState.IN_SPRINT), window=window, is_planned=each.id in taken)
        for each in there
    ]


def why_rolled(item: Item, minutes_spent: int) -> str:
    """In a word: `no_room`, `begun` or `not_reached`."""
    if minutes_spent:
        return "begun"
    return "not_reached" if item.is_planned else "no_room"


def moved(item: Item, to: ItemState) -> ItemState:
    """The new state, or a refusal that says what is possible."""
    if to in ITEM_MOVES[item.state]:
        return to
    after = ", ".join(sorted(said(state) for state in ITEM_MOVES[item.state]))
    possible = f"it can become: {after}" if after else "that is final"
    raise NotNow(f"{item.work.title!r} is {said(item.state)} and can't become {said(to)}; {possible}")


def must_fit(minutes: int, logged: int, on_item: int, box_minutes: int, extensions: Iterable[int]) -> None:
    """Raises `BoxFull` where the time would exceed the box and what was approved beyond it.

    A correction (below zero) takes back at most what stands on the item.
    """
    if minutes == 0:
        raise BadEntry("zero minutes say nothing: give the minutes worked, or those to take back")
    if on_item + minutes < 0:
        raise BadEntry(f"only {on_item} minutes are logged on this item: {-minutes} can't be taken back")
    whole = box_minutes + sum(extensions)
    if minutes > 0 and logged + minutes > whole:
        raise BoxFull(
            f"{logged} of {whole} minutes are used, so {minutes} more do not fit the box: what is left rolls to the "
            "next window, or somebody at the client approves an extension by name (clientdesk sprint extend)"
        )


def lateness(due_at: datetime, started_at: datetime) -> timedelta:
    """How much too late it began; nothing where it was on time."""
    late = started_at - due_at
    return late if late > _ON_TIME else timedelta()


def said(state: ItemState) -> str:
    return state.value.replace("_", " ")
