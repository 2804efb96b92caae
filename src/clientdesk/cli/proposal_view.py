"""A proposal as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clientdesk.documents.figures import Figures
from clientdesk.documents.proposal_text import estimate_lines, fact, facts_lines, price_lines, table
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.mail import about_proposal
from clientdesk.steps import outbox, publishing
from clientdesk.steps.looking_up import short
from clientdesk.wiring import desk

if TYPE_CHECKING:
    from clientdesk.domain.proposal import ProposalState
    from clientdesk.ports.records import ProposalRecord


def listed(states: tuple[ProposalState, ...]) -> list[str]:
    """A line for each, newest first."""
    names = {client.id: client.company for client in desk().store.clients()}
    records = desk().store.proposals(*states)
    ids = [record.id for record in records]
    return table(
        [
            (
                short(record.id, ids),
                record.number or "-",
                record.state.value,
                f"until {record.valid_until}",
                _price(record),
                names[record.client],
            )
            for record in records
        ]
    )


def _price(record: ProposalRecord) -> str:
    """A document that is lost must not hide the other proposals."""
    try:
        return publishing.price_of(publishing.kept_proposal(desk(), record))
    except Refusal:
        return "price unknown: its document can't be read"


def shown(record: ProposalRecord) -> Iterator[str]:
    """All that is known of one, in the order in which one asks."""
    kept = publishing.kept_proposal(desk(), record)
    figures = Figures(publishing.TEAM, desk().agency.office_hours.zone)
    place = desk().documents.place(record.pdf or publishing.preview_of(record))
    yield fact(record.number or short(record.id), record.state.value.replace("_", " "))
    yield from facts_lines(kept, figures)
    yield fact("PDF", f"{place}{f', SHA-256 {record.pdf_sha256}' if record.pdf_sha256 else ''}")
    yield from ("", "Price", *price_lines(kept.quote.recommended, figures))
    yield from ("", "Work, by the numbers that `revise` and `actuals` take", *estimate_lines(kept))
    yield from ("", "What happened", *_moves(record, figures), *_mails(record), *_answer(record, figures))


def _moves(record: ProposalRecord, figures: Figures) -> Iterator[str]:
    for move in desk().store.moves_of(record.id):
        why = f": {move.why}" if move.why else ""
        yield fact(f"  {move.after.value}", f"{figures.day_and_time(move.at)}, {move.by}{why}")


def _mails(record: ProposalRecord) -> Iterator[str]:
    for mail in desk().store.messages():
        if mail.key.document == about_proposal(record.id):
            yield fact("  mail", f"{short(mail.id)} {mail.key.purpose}: {outbox.in_a_word(desk(), mail)}")


def _answer(record: ProposalRecord, figures: Figures) -> Iterator[str]:
    done = desk().store.accepted(record.id)
    if done is None:
        return
    given = done.acceptance
    yield fact(
        "  yes", f"{given.by}, {figures.day_and_time(given.at)}, by {given.how}, put down by {given.recorded_by}"
    )
    yield fact("  evidence", desk().documents.place(given.evidence) if given.evidence_sha256 else given.evidence)
    yield fact("  accepted PDF", f"SHA-256 {given.pdf_sha256}")
    day = f"{figures.weekday_and_date(done.window.window.day)}, booked" if done.window else done.window_note
    yield fact("  window", day)
