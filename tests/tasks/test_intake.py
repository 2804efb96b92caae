"""The task of the intro call: a line in the display, and no twin."""

from fakes.desk import a_desk, a_form

from clientdesk.wiring import using
from tasks.intake import register_client


def test_client_is_registered_once_and_the_verdict_shown():
    with using(a_desk()) as desk:
        first, second = register_client.fn(a_form()), register_client.fn(a_form())

    assert first.client == second.client
    assert desk.progress.ended == [("Intro call", "fits"), ("Intro call", "fits")]
