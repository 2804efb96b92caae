"""A proposal rests on the client's own audits: those named, or the latest."""

import pytest
from fakes.business import a_client
from fakes.desk import BOOKING, SHOP, a_call, a_desk
from fakes.onboarding import audited

from clientdesk.steps.evidence import NotAudited, OfAnother, audits_for
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.looking_up import NotFound


@pytest.fixture
def desk():
    return a_desk()


@pytest.fixture
def client(desk):
    return hold_intro_call(desk, a_call(SHOP, BOOKING)).client


def again(desk, client, address):
    desk.clock.advance(hours=1)
    (audit,) = audited(desk, client, a_call(address))
    return audit


def test_without_a_name_it_is_the_latest_of_each_repository(desk, client):
    _, booking = audited(desk, client, a_call(SHOP, BOOKING))
    newer = again(desk, client, SHOP)

    assert audits_for(desk, client) == audits_for(desk, client, ["", " "]) == [newer, booking]


def test_repository_that_was_never_audited_is_named(desk, client):
    audited(desk, client, a_call(SHOP))

    with pytest.raises(NotAudited, match=rf"not audited yet: {BOOKING}\. Run light-audit"):
        audits_for(desk, client)


def test_audit_is_named_by_its_id_or_its_repository_and_is_taken_once(desk, client):
    (older,) = audited(desk, client, a_call(SHOP))
    newer = again(desk, client, SHOP)

    assert audits_for(desk, client, [older]) == [older]
    assert audits_for(desk, client, ["shop", SHOP, newer]) == [newer]


def test_audit_of_another_client_is_refused(desk, client):
    other = a_client(desk.store, "Curlew Ltd")
    (theirs,) = audited(desk, other, a_call(SHOP))

    with pytest.raises(OfAnother, match="of another client"):
        audits_for(desk, client, [theirs])


def test_name_that_fits_no_audit_is_refused_with_those_that_are_there(desk, client):
    audited(desk, client, a_call(SHOP))

    with pytest.raises(NotFound, match=rf"there is {SHOP} of 20"):
        audits_for(desk, client, ["zebra"])
