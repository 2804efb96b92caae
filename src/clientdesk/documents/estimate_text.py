"""An estimate for the terminal: each piece of work with its hours, what caused it, and where the number comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientdesk.documents.client_text import printable
from clientdesk.documents.topics import id_span
from clientdesk.domain.estimating import Estimate, Hours, WorkItem, plain
from clientdesk.domain.pricing import Overruling

_WIDTH = 90
_NOTE = "A kind of work with 3 closed items gets a factor from them (clientdesk actuals); without enough there is none."


def estimate_as_text(estimate: Estimate) -> str:
    """The table, the sum, and what experience went into it. Findings that ask for no work are not in it."""
    if not estimate.items:
        return "Nothing was found that calls for work.\n"
    lines = [_row("#", "low", "likely", "high", "work")]
    for item in estimate.items:
        lines += work_lines(item)
    lines += ["", _row("", *_three(estimate.total), "hours in all"), "", *_experience(estimate)]
    return "\n".join(lines) + "\n"


def work_lines(item: WorkItem) -> Iterator[str]:
    """A piece of work: its hours, then its evidence, then its reason."""
    yield _row(str(item.priority), *_three(item.hours), printable(item.title, _WIDTH))
    yield _row("", "", "", "", f"because of {printable(id_span(item.findings), _WIDTH)}")
    yield _row("", "", "", "", printable(item.reason, 2 * _WIDTH))


def overruling_lines(overrulings: Sequence[Overruling]) -> Iterator[str]:
    """What was overruled, by whom and why; oldest first."""
    for each in overrulings:
        yield f"{printable('; '.join(_wanted(each)), 2 * _WIDTH)} - {printable(f'{each.by}: {each.why}', 2 * _WIDTH)}"


def _wanted(each: Overruling) -> Iterator[str]:
    if each.kind is not None:
        yield f"plan {each.kind.value}"
    if each.bucket is not None:
        yield f"{each.bucket} h a month"
    if each.discount_percent is not None:
        yield f"discount {plain(each.discount_percent)} %"
    for title in each.dropped:
        yield f"dropped {title!r}"
    for hours in each.hours:
        yield f"{hours.title!r} {plain(hours.before)} h to {plain(hours.after)} h"


def _experience(estimate: Estimate) -> list[str]:
    factors = {item.key: item.factor for item in estimate.items if item.factor is not None}
    if not factors:
        return [_NOTE]
    return [f"{key}: factor {plain(each.value)}, from {each.samples} closed items" for key, each in factors.items()]


def _three(hours: Hours) -> tuple[str, str, str]:
    return plain(hours.low), plain(hours.likely), plain(hours.high)


def _row(number: str, low: str, likely: str, high: str, words: str) -> str:
    return f"{number:>3}  {low:>7} {likely:>7} {high:>7}  {words}".rstrip()
