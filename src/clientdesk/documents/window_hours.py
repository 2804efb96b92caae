"""A maintenance window's day and hours, as each document and mail prints them."""

from __future__ import annotations

from clientdesk.documents.figures import Figures
from clientdesk.domain.maintenance import Window


def window_view(window: Window, figures: Figures) -> dict[str, str]:
    """The hours are local, with the zone's name as it is on that day."""
    return {
        "day": figures.weekday_and_date(window.day),
        "opens": figures.clock(window.starts_at),
        "closes": figures.clock(window.ends_at),
        "zone": figures.zone_name(window.starts_at),
    }
