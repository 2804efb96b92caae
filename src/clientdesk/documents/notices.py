"""What the team is told: the lines for its channel, and the values of the mails that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from clientdesk.documents.audit_report import seller_view
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.domain.agency import Agency
from clientdesk.domain.notices import Notice, TroubleKind
from clientdesk.domain.waiting import Decider, Wait

_AT_ONCE = 20
_KINDS = {
    TroubleKind.RUN_FAILED: "A run failed",
    TroubleKind.UNDECIDED: "Nobody decided in time",
    TroubleKind.MAIL_UNCERTAIN: "Nobody knows whether a mail went out",
    TroubleKind.MAIL_BOUNCED: "A mail came back",
    TroubleKind.MAIL_GIVEN_UP: "A mail could not be handed over",
    TroubleKind.MAIL_DRAFT: "A mail waits for approval",
    TroubleKind.RUN_WAITS: "A run waits for a person",
}


def channel_text(notices: Sequence[Notice]) -> str:
    """A line or two for each cause, the worst first."""
    lines = [_line(notice) for notice in notices[:_AT_ONCE]]
    more = len(notices) - _AT_ONCE
    return "\n".join([*lines, *([f"…and {more} more causes"] if more > 0 else [])])


def notice_letter(notices: Sequence[Notice], agency: Agency) -> dict[str, object]:
    """The values of the e-mail `team-notice`, in the agency's own language."""
    figures = Figures(agency.proposals.locale, agency.office_hours.zone)
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "causes": len(notices),
        "first": notices[0].latest.kind.value,
        "notices": [
            {
                "kind": notice.latest.kind.value,
                "what": printable(notice.latest.what, 120),
                "why": printable(notice.latest.why, 300),
                "link": notice.latest.link,
                "count": notice.count,
                "since": figures.day_and_time(notice.first),
            }
            for notice in notices[:_AT_ONCE]
        ],
        "more": max(len(notices) - _AT_ONCE, 0),
    }


def wait_letter(wait: Wait, agency: Agency, *, is_last: bool) -> dict[str, object]:
    """The values of the e-mail `decision-waits`, to whoever decides."""
    figures = Figures(agency.proposals.locale, agency.office_hours.zone)
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "who": decider_name(wait, agency),
        "decider": wait.decider.value.replace("-", "_"),
        "name": printable(wait.name, 120),
        "since": figures.day_and_time(wait.since),
        "until": figures.day_and_time(wait.until) if wait.until else "",
        "is_last": is_last,
        "link": wait.link,
    }


def decider_name(wait: Wait, agency: Agency) -> str:
    rules = agency.proposals
    return rules.engineer if wait.decider is Decider.ENGINEER else rules.account_lead


def _line(notice: Notice) -> str:
    latest = notice.latest
    times = f" ({notice.count} times)" if notice.count > 1 else ""
    why = f": {printable(latest.why, 300)}" if latest.why else ""
    return f"{_KINDS[latest.kind]}{times}: {printable(latest.what, 120)}{why} {latest.link}".rstrip()
