"""What work really took, recorded when it is closed."""

from __future__ import annotations

from decimal import Decimal

from clientdesk.domain.estimating import WorkItem, plain
from clientdesk.domain.proposal import ProposalState
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.records import ActualRecord, ProposalRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.publishing import kept_proposal

_MOST_HOURS, _HUNDREDTH = Decimal(10_000), Decimal("0.01")


class NotRecorded(Refusal):
    """Hours that can't be put down against this work; the message says why."""


def record_hours(
    desk: Desk, record: ProposalRecord, line: int, spent: Decimal, by: str, note: str = ""
) -> ActualRecord:
    """Put down what a closed line of an accepted proposal took; a second word on it takes the place of the first."""
    if record.state is not ProposalState.ACCEPTED:
        raise NotRecorded(f"{record.number or 'this proposal'} is {record.state.value}: only accepted work takes hours")
    if not spent.is_finite() or not 0 <= spent <= _MOST_HOURS or spent != spent.quantize(_HUNDREDTH):
        raise NotRecorded("hours are a number from 0 to 10000 with at most two decimals")
    item = _item(desk, record, line)
    actual = ActualRecord(
        record.id, item.key, item.cause, item.title, _by_rule(item), spent, by, desk.clock.now(), note
    )
    desk.store.keep_actual(actual)
    return actual


def _item(desk: Desk, record: ProposalRecord, line: int) -> WorkItem:
    items = kept_proposal(desk, record).estimate.items
    found = next((item for item in items if item.priority == line), None)
    if found is None:
        numbers = f"its lines are numbered 1 to {len(items)}" if items else "it has no lines"
        raise NotRecorded(f"{record.number} has no line {line}: {numbers}")
    return found


def _by_rule(item: WorkItem) -> Decimal:
    """What the rule alone gave; hours that a person set, or that a factor changed, say nothing about the rule."""
    if item.by_rule is None and item.factor is not None:
        raise NotRecorded(
            f"{item.title!r} was sized before the rule's own hours were kept ({plain(item.hours.likely)} h)"
        )
    likely = item.hours.likely if item.by_rule is None else item.by_rule
    if likely <= 0:
        raise NotRecorded(f"{item.title!r} has no hours by its rule, so nothing can be compared with them")
    return likely
