"""What a client is told of a maintenance window: it is booked, it has moved, it will not take place."""

from __future__ import annotations

from datetime import date

from clientdesk.documents.audit_report import seller_view
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.window_hours import window_view
from clientdesk.domain.agency import Agency
from clientdesk.domain.intake import IntroCall
from clientdesk.domain.maintenance import Window


def window_letter(
    call: IntroCall,
    agency: Agency,
    window: Window,
    *,
    reschedule_until: date | None,
    next_one: Window | None,
    goes_on: bool = True,
) -> dict[str, object]:
    """The values of `window-booked`, `window-moved` and `window-cancelled`.

    `reschedule_until` is the last day on which it can be moved, None where that has passed. `next_one` is the client's
    next window that is booked, None where there is none yet; `goes_on` is False where the agreement ends with this one.
    """
    figures = Figures(call.locale, agency.office_hours.zone)
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "contact": printable(call.contacts[0].name, 80),
        "company": printable(call.company, 80),
        "window": window_view(window, figures),
        "goes_on": goes_on,
        "next_window": window_view(next_one, figures) if next_one else None,
        "reschedule_until": figures.weekday_and_date(reschedule_until) if reschedule_until else "",
        "engineer": agency.proposals.engineer,
        "account_lead": agency.proposals.account_lead,
    }


def declined_window_letter(call: IntroCall, agency: Agency, window: Window, who: str, words: str) -> dict[str, object]:
    """The values of `window-declined`, which tells the team that a client's calendar said no."""
    figures = Figures(agency.proposals.locale, agency.office_hours.zone)
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "company": printable(call.company, 80),
        "window": window_view(window, figures),
        "who": printable(who, 120),
        "words": printable(words, 300),
        "account_lead": agency.proposals.account_lead,
    }
