"""The life of a proposal. 19 April 2026 is a Sunday; Berlin is two hours ahead of UTC on it."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from clientdesk.domain.proposal import (
    MOVES,
    IllegalMove,
    NoLongerValid,
    ProposalState,
    accepted,
    is_open_at,
    last_valid_day,
    moved,
    number_of,
)

S = ProposalState
BERLIN = "Europe/Berlin"
SUNDAY = date(2026, 4, 19)
LAST_INSTANT = datetime(2026, 4, 19, 21, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 4, 19, 22, tzinfo=UTC)

RULE = {
    (S.DRAFT, S.IN_REVIEW),
    (S.IN_REVIEW, S.APPROVED),
    (S.APPROVED, S.SENT),
    (S.SENT, S.ACCEPTED),
    (S.SENT, S.DECLINED),
    (S.SENT, S.EXPIRED),
    (S.EXPIRED, S.ACCEPTED),  # said in time, put down late
    (S.SENT, S.WITHDRAWN),
}
# A reviewer sends back; a proposal not yet sent can be given up; a revision takes the place of what was sent.
BACK = {(S.IN_REVIEW, S.DRAFT), (S.APPROVED, S.DRAFT)}
GIVEN_UP = {(S.DRAFT, S.WITHDRAWN), (S.IN_REVIEW, S.WITHDRAWN), (S.APPROVED, S.WITHDRAWN)}
REVISED = {(state, S.SUPERSEDED) for state in (S.SENT, S.DECLINED, S.EXPIRED, S.WITHDRAWN)}
LEGAL = RULE | BACK | GIVEN_UP | REVISED


@pytest.mark.parametrize(("state", "to"), sorted(LEGAL))
def test_legal_move_is_made(state: ProposalState, to: ProposalState):
    assert moved(state, to) is to


@pytest.mark.parametrize(("state", "to"), sorted(set(product(S, S)) - LEGAL))
def test_illegal_move_is_refused_with_what_is_possible(state: ProposalState, to: ProposalState):
    with pytest.raises(IllegalMove) as refused:
        moved(state, to)

    sentence = str(refused.value)
    assert state.value.replace("_", " ") in sentence
    assert to.value.replace("_", " ") in sentence
    for possible in MOVES[state]:
        assert possible.value.replace("_", " ") in sentence
    assert MOVES[state] or "final" in sentence


def test_sentences_read_well():
    with pytest.raises(IllegalMove) as draft:
        moved(S.DRAFT, S.SENT)
    with pytest.raises(IllegalMove) as accepted_one:
        moved(S.ACCEPTED, S.WITHDRAWN)
    with pytest.raises(IllegalMove) as twice:
        moved(S.IN_REVIEW, S.IN_REVIEW)

    assert [str(refused.value) for refused in (draft, accepted_one, twice)] == [
        "a proposal that is draft can't become sent: from here it can become in review or withdrawn",
        "a proposal that is accepted can't become withdrawn: that is final, and only a new proposal can follow",
        "the proposal is in review already: from here it can become approved, draft or withdrawn",
    ]


def test_proposal_is_open_through_midnight_local_of_its_last_day():
    assert is_open_at(LAST_INSTANT, SUNDAY, BERLIN)
    assert not is_open_at(MIDNIGHT, SUNDAY, BERLIN)


def test_last_day_of_the_change_to_summer_time_ends_after_23_hours():
    assert is_open_at(datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29), BERLIN)
    assert not is_open_at(datetime(2026, 3, 29, 22, tzinfo=UTC), date(2026, 3, 29), BERLIN)


def test_acceptance_in_the_last_second_counts_and_a_second_later_is_refused():
    assert accepted(S.SENT, SUNDAY, LAST_INSTANT, BERLIN) is S.ACCEPTED
    with pytest.raises(NoLongerValid, match="valid until 2026-04-19: send a revision"):
        accepted(S.SENT, SUNDAY, MIDNIGHT, BERLIN)


def test_acceptance_of_what_was_never_sent_is_refused():
    with pytest.raises(IllegalMove, match="is approved can't become accepted"):
        accepted(S.APPROVED, SUNDAY, LAST_INSTANT, BERLIN)


def test_thirty_days_from_friday_20_march_end_on_sunday_19_april():
    assert last_valid_day(date(2026, 3, 20), 30) == SUNDAY


@pytest.mark.parametrize(
    ("year", "serial", "revision", "number"),
    [(2026, 42, 1, "P-2026-0042"), (2026, 42, 2, "P-2026-0042-R2"), (2027, 12345, 11, "P-2027-12345-R11")],
)
def test_number_names_year_serial_and_revision(year: int, serial: int, revision: int, number: str):
    assert number_of(year, serial, revision) == number


@pytest.mark.parametrize(("serial", "revision"), [(0, 1), (1, 0)])
def test_numbers_begin_at_one(serial: int, revision: int):
    with pytest.raises(ValueError, match="begin at 1"):
        number_of(2026, serial, revision)


def test_yes_given_in_time_counts_after_the_offer_was_closed_and_a_late_one_does_not():
    assert accepted(S.EXPIRED, SUNDAY, LAST_INSTANT, BERLIN) is S.ACCEPTED
    with pytest.raises(NoLongerValid, match="2026-04-19"):
        accepted(S.EXPIRED, SUNDAY, MIDNIGHT, BERLIN)
