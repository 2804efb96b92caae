"""Until when makers support their products: a dated table of facts that comes with the package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from clientdesk.audit.untyped import json_of, rows, table, words


@dataclass(frozen=True, slots=True)
class Cycle:
    """A line of releases ("3.11"). The dates are the first days without it; None where none is known."""

    name: str
    released: date | None
    long_term_from: date | None
    active_until: date | None
    end: date | None
    has_ended: bool = False

    def can_be_used(self, today: date) -> bool:
        return (self.released is None or self.released <= today) and not self.is_over(today)

    def is_long_term(self, today: date) -> bool:
        return self.long_term_from is not None and self.long_term_from <= today

    def is_over(self, today: date) -> bool:
        return self.has_ended or (self.end is not None and self.end <= today)

    def is_past_active_support(self, today: date) -> bool:
        return self.active_until is not None and self.active_until <= today


@dataclass(frozen=True, slots=True)
class Product:
    """`cycles` newest first."""

    label: str
    cycles: tuple[Cycle, ...]

    def cycle_of(self, version: str) -> Cycle | None:
        """The line a version belongs to; None where the table does not know it."""
        parts = version.lstrip("vV").split(".")
        names = {cycle.name: cycle for cycle in self.cycles}
        return next((names[name] for n in range(len(parts), 0, -1) if (name := ".".join(parts[:n])) in names), None)

    def is_floating(self, version: str) -> bool:
        """Whether it leaves open which line of releases it means: "3" where there are 3.11 and 3.12."""
        return self.cycle_of(version) is None and any(cycle.name.startswith(f"{version}.") for cycle in self.cycles)

    def target(self, today: date, current: Cycle | None) -> Cycle | None:
        """What to upgrade to: the newest line with long-term support where the maker has such, else the newest."""
        newer = self.cycles[: self.cycles.index(current)] if current else self.cycles
        usable = [cycle for cycle in newer if cycle.can_be_used(today)]
        return next((cycle for cycle in usable if cycle.is_long_term(today)), next(iter(usable), None))


@dataclass(frozen=True, slots=True)
class SupportDates:
    as_of: date
    products: dict[str, Product]


@cache
def support_dates() -> SupportDates:
    document = json_of(files("clientdesk.audit").joinpath("end_of_life.json").read_text("utf-8"))
    products = {
        name: Product(
            words(table(entry).get("label")), tuple(_cycle(rows(row)) for row in rows(table(entry).get("cycles")))
        )
        for name, entry in table(document, "products").items()
    }
    return SupportDates(date.fromisoformat(words(table(document).get("as_of"))), products)


def _cycle(row: Sequence[object]) -> Cycle:
    name, released, long_term, active, end = (words(cell) for cell in row)
    return Cycle(name, _day(released), _day(long_term), _day(active), _day(end), end == "past")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text and text != "past" else None
