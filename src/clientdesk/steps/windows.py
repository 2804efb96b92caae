"""The first maintenance window of a proposal: the rule's first day with room, held for the client."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from clientdesk.domain.capacity import room_of
from clientdesk.domain.maintenance import Offer, offer, offered_candidates
from clientdesk.domain.office_hours import end_of_day
from clientdesk.steps.desk import Desk

_CANDIDATES = 26  # half a year of Tuesdays; beyond that the agency has no room worth offering


def hold_first_window(desk: Desk, client: str, retainer_hours: int = 0) -> Offer:
    """Hold the first free window for as long as the client may answer; a hold that still lives is kept.

    `retainer_hours` a month decide how many windows follow in each period.
    """
    rules, zone, today = desk.agency.windows, desk.agency.office_hours.zone, desk.today()
    candidates = offered_candidates(today, rules, desk.calendar, _CANDIDATES)
    until = end_of_day(offer(today, candidates[0], rules, desk.calendar).answer_by, zone)
    held = desk.store.hold_window(client, candidates, room_of(desk.agency), until, desk.clock.now())
    last_day = (held.held_until - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()
    offered = offer(today, held.window, rules, desk.calendar, rules.windows_for(retainer_hours))
    return replace(offered, answer_by=last_day)
