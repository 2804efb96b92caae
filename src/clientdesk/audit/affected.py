"""Which versions an advisory is about: ranges and lists as OSV writes them, by the ecosystem's own order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clientdesk.audit.version_order import NoVersion, Order, order_of

_BEGINNING = "0"


@dataclass(frozen=True, slots=True)
class Span:
    """From `introduced` ("0" = the first version ever) to before `fixed`, or up to and with `last`; "" is open."""

    introduced: str
    fixed: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Affected:
    """The versions of one package that one advisory is about: those in a span, and those of the list."""

    spans: tuple[Span, ...] = ()
    versions: tuple[str, ...] = ()


def spans_of(ecosystem: str, events: Iterable[tuple[str, str]]) -> tuple[Span, ...]:
    """The spans of one range's events (kind, version), which may stand in any order; raises `NoVersion`.

    As OSV defines it: events are sorted by version, and the weakness is there from each `introduced` until the next
    `fixed` or `last_affected`. An `introduced` inside an open span opens none of its own.
    """
    spans: list[Span] = []
    opened = ""
    for kind, version in sorted(events, key=lambda event: _event_order(ecosystem, event)):
        if kind == "introduced":
            opened = opened or version
        elif opened:
            spans.append(Span(opened, fixed=version) if kind == "fixed" else Span(opened, last=version))
            opened = ""
    return tuple([*spans, Span(opened)] if opened else spans)


def is_affected(ecosystem: str, version: str, affected: Affected) -> bool:
    """Whether the advisory is about this version; raises `NoVersion` where the version has no order."""
    order = order_of(ecosystem, version)
    if any(_is_inside(ecosystem, order, span) for span in affected.spans):
        return True
    return version in affected.versions or any(_is_same(ecosystem, order, listed) for listed in affected.versions)


def fixed_for(ecosystem: str, version: str, affected: Sequence[Affected]) -> tuple[str, ...]:
    """The nearest version above this one in which it is mended, as far as the spans say: one, or none."""
    order = order_of(ecosystem, version)
    above = [
        span.fixed
        for each in affected
        for span in each.spans
        if span.fixed and _is_inside(ecosystem, order, span)
    ]  # fmt: skip
    # Two ranges may hold the same version; mended it is only where the last of them ends.
    return (max(above, key=lambda fixed: order_of(ecosystem, fixed)),) if above else ()


def last_known_for(ecosystem: str, version: str, affected: Sequence[Affected]) -> str:
    """The last version that is known to be affected, where this one's span ends with it and not with a fix."""
    order = order_of(ecosystem, version)
    ends = [span.last for each in affected for span in each.spans if span.last and _is_inside(ecosystem, order, span)]
    return max(ends, key=lambda end: order_of(ecosystem, end), default="")


def _event_order(ecosystem: str, event: tuple[str, str]) -> tuple[bool, Order, int]:
    """At one version a fix comes before what was introduced anew, and what was introduced before its last."""
    kind, version = event
    if version == _BEGINNING:
        return (False, 0, 0)
    return (True, order_of(ecosystem, version), {"fixed": 0, "introduced": 1}.get(kind, 2))


def _is_inside(ecosystem: str, order: Order, span: Span) -> bool:
    if span.introduced != _BEGINNING and order < order_of(ecosystem, span.introduced):
        return False
    if span.fixed:
        return bool(order < order_of(ecosystem, span.fixed))
    return not span.last or bool(order <= order_of(ecosystem, span.last))


def _is_same(ecosystem: str, order: Order, listed: str) -> bool:
    try:
        return bool(order == order_of(ecosystem, listed))
    except NoVersion:
        return False


def beyond_spans(ecosystem: str, affected: Affected) -> Iterator[str]:
    """The listed versions that no span holds already: all that need be kept of a list."""
    for version in affected.versions:
        try:
            order = order_of(ecosystem, version)
        except NoVersion:
            continue  # a version without an order can't be asked for
        if not any(_is_inside(ecosystem, order, span) for span in affected.spans):
            yield version
