"""What the team reads: each cause with its number, and no stranger's line of its own."""

from dataclasses import replace

from fakes import samples
from fakes.agency import AGENCY

from clientdesk.documents.notices import channel_text, notice_letter, wait_letter


def test_channel_gets_a_line_for_each_cause():
    assert channel_text(samples.notices()).splitlines() == [
        "A run failed (3 times): light-audit/Mole & <Sons>: Unreachable: down http://desk/r3",
        "Nobody knows whether a mail went out: Your proposal → nora@quay.example: silence",
    ]


def test_stranger_has_no_line_of_their_own():
    notice = samples.notices()[0]
    odd = replace(notice, latest=replace(notice.latest, what="a\nAll is well: b", why="x" * 5_000))

    (line,) = channel_text([odd]).splitlines()

    assert len(line) < 600


def test_many_causes_are_cut_and_counted():
    many = samples.notices() * 15

    assert channel_text(many).endswith("…and 10 more causes")
    assert notice_letter(many, AGENCY)["more"] == 10


def test_reminder_addresses_whoever_decides():
    lead = wait_letter(samples.wait("account-lead-1"), AGENCY, is_last=True)

    assert (lead["who"], lead["decider"], lead["is_last"]) == ("Max Lead", "account_lead", True)
    assert wait_letter(samples.wait(), AGENCY, is_last=False)["who"] == "Ada Engineer"
