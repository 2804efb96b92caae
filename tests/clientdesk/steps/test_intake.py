"""The intro call: a client is registered once, and an address that fails is said, not hidden."""

from fakes.desk import BOOKING, SHOP, a_call, a_desk, shop

from clientdesk.domain.intake import FitVerdict
from clientdesk.domain.refusal import Refusal
from clientdesk.steps.intake import hold_intro_call


def test_second_call_updates_the_client():
    desk = a_desk()

    first, second = hold_intro_call(desk, a_call()), hold_intro_call(desk, a_call(BOOKING))

    assert (first.is_new_client, second.is_new_client) == (True, False)
    assert first.client == second.client
    assert [each.address for each in desk.store.client(first.client).repositories] == [SHOP, BOOKING]


def test_each_repository_is_looked_at_and_a_bad_one_says_why():
    desk = a_desk({SHOP: shop(), BOOKING: Refusal("it asks for credentials")})

    brief = hold_intro_call(desk, a_call(SHOP, BOOKING))

    assert [seen.problem for seen in brief.sanity] == ["", "it asks for credentials"]
    assert brief.sanity[0].files == 1


def test_what_is_not_served_names_the_partner():
    brief = hold_intro_call(a_desk(), a_call())

    assert brief.fit.verdict is FitVerdict.FITS_IN_PART
    assert "Night Owl Ltd" in " ".join(brief.fit.reasons)
