"""A line never ends between a figure and its unit."""

import pytest
from markupsafe import Markup

from clientdesk.adapters.unparted import unparted, unparted_markup


def shown(text: str) -> str:
    return unparted(text).replace("\N{NO-BREAK SPACE}", "~")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8 hours a month, about 35.75 h", "8~hours a month, about 35.75~h"),
        ("Kontingent von 8 Stunden im Monat (etwa 35,75 h)", "Kontingent von 8~Stunden im Monat (etwa 35,75~h)"),
        ("up to 12 h, 19 %, 3,4 MB, 110,00 €", "up to 12~h, 19~%, 3,4~MB, 110,00~€"),
        ("3 months and 5 days, 1 day, 12 Monaten, 5 Werktage", "3~months and 5~days, 1~day, 12~Monaten, 5~Werktage"),
        ("09:00 bis 17:00 Uhr CET, 20:52 CEST", "09:00 bis 17:00~Uhr CET, 20:52~CEST"),
        ("0.75 h for each place + 1 h", "0.75~h for each place + 1~h"),
        ("54 of 100 points; 54 von 100 Punkten", "54 of 100~points; 54 von 100~Punkten"),
    ],
)
def test_figures_keep_their_units(text, said):
    assert shown(text) == said


@pytest.mark.parametrize(
    "text", ["24 findings", "Node.js 12 has ended", "2 servers", "3 hosts", "7 Befunde", "line 4 of"]
)
def test_other_spaces_stay_as_they_are(text):
    assert unparted(text) == text


def test_markup_stays_markup():
    assert unparted_markup(Markup("<b>8 h</b>")) == Markup("<b>8\N{NO-BREAK SPACE}h</b>")
