"""Proposals for the terminal: a line each, or all that is known of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientdesk.documents.client_text import printable
from clientdesk.documents.estimate_text import overruling_lines, work_lines
from clientdesk.documents.figures import Figures
from clientdesk.domain.pricing import Line, Plan
from clientdesk.domain.proposal import Proposal

_LABEL = 14


def facts_lines(proposal: Proposal, figures: Figures) -> Iterator[str]:
    """To whom, on which terms, until when."""
    contact, quote, offer = proposal.call.contacts[0], proposal.quote, proposal.offer
    yield fact("For", f"{proposal.call.company}, {contact.name} <{contact.email}>")
    yield fact("Plan", f"{quote.recommended.kind.value}: {quote.recommended.reason}")
    yield fact("Alternative", f"{quote.alternative.kind.value}: {quote.alternative.reason}")
    yield fact("Tax", quote.tax.note)
    yield fact(
        "First window", f"{figures.weekday_and_date(offer.first.day)}, held until {figures.day(offer.answer_by)}"
    )
    yield fact("Valid until", figures.day(proposal.valid_until))
    for line in overruling_lines(quote.overrulings):
        yield fact("Overruled", line)


def price_lines(plan: Plan, figures: Figures) -> Iterator[str]:
    """The priced lines and their sums."""
    for line in plan.lines:
        yield f"  {_price(line, figures):>14}  {printable(line.title, 90)}"
    for words, sums in (("once", plan.one_off), ("a month", plan.monthly)):
        if sums.net.amount:
            net, gross = figures.money(sums.net), figures.money(sums.gross)
            yield f"  {net:>14}  net {words}, {gross} with VAT"


def estimate_lines(proposal: Proposal) -> Iterator[str]:
    """The work it rests on, by the numbers that `revise` and `actuals` take."""
    for item in proposal.estimate.items:
        yield from work_lines(item)


def fact(label: str, text: str) -> str:
    return f"{label:<{_LABEL}} {printable(text, 400)}"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as what stands in them; the last one runs on."""
    shown = [[printable(cell, 60) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in shown) for place in range(len(shown[0]))] if shown else []
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown]


def _price(line: Line, figures: Figures) -> str:
    if line.net.amount:
        return figures.money(line.net) + (" /mo" if line.is_monthly else "")
    return f"{figures.money(line.rate)} /h"
