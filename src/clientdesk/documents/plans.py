"""Plans and prices as the proposal prints them: lines, sums, the tax in words, the bucket's worked example."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.topics import cited
from clientdesk.domain.estimating import NO_HOURS
from clientdesk.domain.money import total
from clientdesk.domain.pricing import Line, Plan, Tax, Totals

_ROWS = 20  # that leave room on the page of prices for the months and the alternative
_ONE_ROW = 38


def plan_view(plan: Plan, figures: Figures, explained: Collection[str] = ()) -> dict[str, object]:
    """A plan for print. What one page has no room for is `rest`, one summed line, and listed in `annex`.

    `explained`: the titles of lines whose reason is printed though they name findings, for a person set their hours.
    """
    one_off = [line for line in plan.lines if not line.is_monthly and not line.is_discount]
    shown = _that_fit(one_off, explained)
    rest = one_off[len(shown) :]
    off = [line for line in plan.lines if line.is_discount]
    rates = {line.rate for line in one_off}
    return {
        "kind": plan.kind.value,
        "reason": printable(plan.reason, 500),
        "bucket": plan.bucket_hours,
        "one_off_lines": [line_view(line, figures, explained) for line in shown],
        "one_off_rate": figures.money(rates.pop()) if len(rates) == 1 else "",
        "rest": _summed(rest, figures) if rest else None,
        "annex": [line_view(line, figures, explained) for line in rest],
        "one_off_discounts": [line_view(line, figures) for line in off if not line.is_monthly],
        "monthly_lines": [line_view(line, figures) for line in plan.lines if line.is_monthly and not line.is_discount],
        "monthly_discounts": [line_view(line, figures) for line in off if line.is_monthly],
        "one_off": totals_view(plan.one_off, figures),
        "monthly": totals_view(plan.monthly, figures),
    }


def _that_fit(lines: Sequence[Line], explained: Collection[str]) -> Sequence[Line]:
    """The first lines, a long title or a reason taking a second row."""
    room = _ROWS
    for place, line in enumerate(lines):
        room -= 1 + (len(line.title) > _ONE_ROW) + _says_why(line, explained)
        if room < 0:
            return lines[:place]
    return lines


def _says_why(line: Line, explained: Collection[str]) -> bool:
    return not line.findings or line.title in explained


def _summed(lines: Sequence[Line], figures: Figures) -> dict[str, object]:
    hours = sum((line.hours for line in lines), NO_HOURS)
    return {
        "count": len(lines),
        "low": figures.hours(hours.low),
        "likely": figures.hours(hours.likely),
        "high": figures.hours(hours.high),
        "net": figures.money(total((line.net for line in lines), lines[0].net.currency)),
    }


def line_view(line: Line, figures: Figures, explained: Collection[str] = ()) -> dict[str, object]:
    shown, more = cited(line.findings)
    return {
        "title": printable(line.title, 160),
        "ids": shown,
        "more": more,
        "reason": printable(line.reason, 300),
        "says_why": _says_why(line, explained),
        "low": figures.hours(line.hours.low),
        "likely": figures.hours(line.hours.likely),
        "high": figures.hours(line.hours.high),
        "is_priced": line.net.amount > 0,
        "billed": figures.hours(line.billed_hours),
        "rate": figures.money(line.rate),
        "net": figures.money(line.net),
    }


def totals_view(totals: Totals, figures: Figures) -> dict[str, object]:
    """`is_due`: whether there is anything to pay at all."""
    return {
        "is_due": totals.gross.amount > 0,
        "net": figures.money(totals.net),
        "vat": figures.money(totals.vat),
        "gross": figures.money(totals.gross),
    }


def tax_view(tax: Tax, figures: Figures) -> dict[str, object]:
    return {"case": tax.case.value, "percent": figures.percent(tax.percent), "note": printable(tax.note, 300)}


def roll_over_example(bucket: int) -> Sequence[dict[str, int]]:
    """Three months of a bucket: what one month leaves is used first in the next, and gone after it.

    Month 1 leaves a quarter; month 2 uses the bucket and half of what was left; month 3 has the bucket and the rest.
    """
    if bucket == 0:
        return ()
    rest = max(1, bucket // 4)
    second = bucket - rest // 2
    rolled = bucket - (second - rest)
    return (
        {"available": bucket, "rolled": 0, "used": bucket - rest, "left": rest},
        {"available": bucket + rest, "rolled": rest, "used": second, "left": rolled},
        {"available": bucket + rolled, "rolled": rolled, "used": 0, "left": bucket},
    )
