"""The task of the intro call: a line in the display, and no twin."""

import pytest
from fakes.desk import a_desk, a_form
from prefect.states import Failed

from clientdesk.domain.refusal import Refusal
from clientdesk.ports.records import StoreUnavailable
from clientdesk.wiring import using
from tasks.intake import _store_is_away, register_client


def test_client_is_registered_once_and_the_verdict_shown():
    with using(a_desk()) as desk:
        first, second = register_client.fn(a_form()), register_client.fn(a_form())

    assert first.client == second.client
    assert desk.progress.ended == [("Intro call", "fits"), ("Intro call", "fits")]


@pytest.mark.parametrize(("error", "again"), [(StoreUnavailable("away"), True), (Refusal("no"), False)])
def test_registering_is_tried_again_only_while_the_store_is_away(error, again):
    assert _store_is_away(register_client, None, Failed(data=error)) is again
