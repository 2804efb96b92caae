"""Many values of one kind, held in columns: one by one they would take three times the room."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

Row = TypeVar("Row")
Cell = str | int | float | None
_TEXTS_KNOWN = 2_000


class _Texts(list[str]):
    """The same text is held once, as far as it comes again soon."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, str] = {}

    def append(self, text: str) -> None:
        self.extend((text,))

    def extend(self, texts: Iterable[str]) -> None:
        if len(self._known) > _TEXTS_KNOWN:
            self._known.clear()
        super().extend([self._known.setdefault(text, text) for text in texts])


class Columns(Sequence[Row], Generic[Row]):
    """Rows that `make` makes anew of their values each time one is looked at.

    `kinds` has a letter for each value: t is a text, i a whole number of 32 bits, f a fraction or None.
    """

    def __init__(self, make: Callable[..., Row], kinds: str) -> None:
        self._make = make
        self._kinds = kinds
        self._columns = [_Texts() if kind == "t" else array("i" if kind == "i" else "d") for kind in kinds]

    def add(self, *values: Cell) -> None:
        self.extend([values])

    def extend(self, rows: Sequence[Sequence[Cell]]) -> None:
        """As many as come at once: one by one takes longer."""
        cells = list(zip(*rows, strict=True)) if rows else [()] * len(self._kinds)
        for kind, column, values in zip(self._kinds, self._columns, cells, strict=True):
            column.extend(map(_or_nan, values) if kind == "f" else values)  # type: ignore[arg-type]  # as `kinds` says

    def __len__(self) -> int:
        return len(self._columns[0])

    def __iter__(self) -> Iterator[Row]:
        columns = zip(self._kinds, self._columns, strict=True)
        return map(self._make, *(map(_or_none, column) if kind == "f" else column for kind, column in columns))

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        return self._make(*(_or_none(column[place]) for column in self._columns))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _or_nan(value: Cell) -> Cell:
    return math.nan if value is None else value


def _or_none(value: Cell) -> Cell:
    return None if value != value else value  # noqa: PLR0124  not a number
