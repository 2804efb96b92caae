"""What the e-mails around a client's answer say: a reminder, the thanks for a yes, the thanks for a no."""

from __future__ import annotations

from datetime import date, datetime

from clientdesk.documents.audit_report import seller_view
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.window_hours import window_view
from clientdesk.domain.agency import Agency
from clientdesk.domain.maintenance import Window
from clientdesk.domain.proposal import Proposal


def reminder_letter(proposal: Proposal, agency: Agency, today: date) -> dict[str, object]:
    """The values of the e-mail `reminder`, sent some days before the proposal's last one."""
    figures = _figures(proposal, agency)
    return {
        **_letter(proposal, agency, figures),
        "drafted_on": figures.day(proposal.drafted_on),
        "valid_until": figures.day(proposal.valid_until),
        "window": window_view(proposal.offer.first, figures),
        "is_held": today <= proposal.offer.answer_by,
        "answer_by": figures.day(proposal.offer.answer_by),
    }


def accepted_letter(
    proposal: Proposal, agency: Agency, by: str, at: datetime, pdf_sha256: str, window: Window | None
) -> dict[str, object]:
    """The values of the e-mail `accepted`; `window` is the one that was booked, None where no day was free."""
    figures = _figures(proposal, agency)
    return {
        **_letter(proposal, agency, figures),
        "by": printable(by, 80),
        "accepted_on": figures.day_and_time(at),
        "pdf_sha256": pdf_sha256,
        "window": window_view(window, figures) if window else None,
        "is_another_day": window is not None and window.day != proposal.offer.first.day,
        "reschedule_days": agency.windows.reschedule_days,
    }


def declined_letter(proposal: Proposal, agency: Agency) -> dict[str, object]:
    """The values of the e-mail `declined`."""
    figures = _figures(proposal, agency)
    return {**_letter(proposal, agency, figures), "window": window_view(proposal.offer.first, figures)}


def _figures(proposal: Proposal, agency: Agency) -> Figures:
    return Figures(proposal.call.locale, agency.office_hours.zone)


def _letter(proposal: Proposal, agency: Agency, figures: Figures) -> dict[str, object]:
    """What every letter about a proposal names."""
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "contact": printable(proposal.call.contacts[0].name, 80),
        "number": proposal.number,
        "plan": {"kind": proposal.quote.recommended.kind.value},
        "engineer": agency.proposals.engineer,
        "account_lead": agency.proposals.account_lead,
    }
