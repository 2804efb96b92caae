"""Who the client is, and whether the agency is right for it."""

from dataclasses import replace

import pytest
from fakes.agency import PARTNERS
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.domain.intake import (
    NOT_SERVED,
    Contact,
    Expectation,
    Fit,
    FitVerdict,
    Interest,
    IntroCall,
    RepositoryAddress,
    client_key,
    judge_fit,
)

E = Expectation
CALL = IntroCall("Acme", (Contact("Ann", "ann@example.com"),), (RepositoryAddress("https://example.com/acme.git"),))


def fit(*expects: Expectation, interest: Interest = Interest.UNDECIDED) -> Fit:
    return judge_fit(replace(CALL, expects=expects, interest=interest), PARTNERS)


def test_client_who_wants_what_we_offer_fits_and_hears_what_that_is():
    judged = fit(E.MAINTENANCE, E.MONITORING, interest=Interest.RETAINER)

    assert judged.verdict is FitVerdict.FITS
    assert judged.reasons == ("Within what we offer: maintenance, monitoring, a retainer.",)
    assert judged.referrals == ()


def test_client_who_asked_for_nothing_yet_fits():
    assert fit() == Fit(FitVerdict.FITS, ("Nothing was asked for that we do not offer.",))


def test_round_the_clock_beside_maintenance_fits_in_part_and_names_the_partner():
    judged = fit(E.MAINTENANCE, E.ROUND_THE_CLOCK)

    assert judged.verdict is FitVerdict.FITS_IN_PART
    assert judged.reasons == (
        "Within what we offer: maintenance.",
        "Outside what we offer: 24x7 on call; Night Owl Ltd does it (owl@example.com).",
    )
    assert [PARTNERS[E.ROUND_THE_CLOCK]] == [referral.partner for referral in judged.referrals]


def test_client_whose_every_need_is_outside_is_referred():
    judged = fit(E.ROUND_THE_CLOCK, E.TIER_ONE_DESK, E.WAR_ROOM)

    assert judged.verdict is FitVerdict.REFER
    assert len(judged.referrals) == 3


@pytest.mark.parametrize("interest", [Interest.RETAINER, Interest.PAY_AS_YOU_GO, Interest.UPGRADE_SPRINT])
def test_way_of_working_asked_about_is_a_need_we_can_meet(interest: Interest):
    assert fit(E.ROUND_THE_CLOCK, interest=interest).verdict is FitVerdict.FITS_IN_PART


def test_need_without_a_partner_is_said_and_not_dropped():
    judged = judge_fit(replace(CALL, expects=(E.WAR_ROOM,)), {})

    assert "a war room of several teams; we know of no partner for it yet" in judged.reasons[1]
    assert judged.referrals[0].partner is None


def test_expectation_said_twice_is_referred_once():
    assert len(fit(E.WAR_ROOM, E.WAR_ROOM).referrals) == 1


@given(st.lists(st.sampled_from(Expectation)), st.sampled_from(Interest))
def test_no_expectation_is_dropped_in_silence(expects: list[Expectation], interest: Interest):
    judged = fit(*expects, interest=interest)

    assert {each for each in expects if each in NOT_SERVED} == {referral.expectation for referral in judged.referrals}
    assert judged.reasons
    assert (judged.verdict is FitVerdict.FITS) == (not judged.referrals)
    if judged.verdict is FitVerdict.REFER:
        assert set(expects) <= NOT_SERVED


@pytest.mark.parametrize(
    "spelling", ["acme gmbh", "ACME  GmbH", " Acme\tGmbH\n", "\uff21cme GmbH", "Acme\N{NO-BREAK SPACE}GmbH"]
)
def test_spellings_of_one_company_are_one_client(spelling: str):
    assert client_key(spelling) == client_key("Acme GmbH")


@pytest.mark.parametrize(("first", "second"), [("Strauß", "STRAUSS"), ("Café", "Cafe\N{COMBINING ACUTE ACCENT}")])
def test_letters_written_in_two_ways_are_one_client(first: str, second: str):
    assert client_key(first) == client_key(second)


def test_other_companies_are_other_clients():
    assert len({client_key(company) for company in ("Acme GmbH", "Acme AG", "AcmeGmbH")}) == 3


@given(st.text())
def test_key_of_a_key_is_the_key(company: str):
    assert client_key(client_key(company)) == client_key(company)
