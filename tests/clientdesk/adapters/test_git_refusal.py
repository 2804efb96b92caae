"""What git says, and what a person is told."""

import pytest

from clientdesk.adapters.git_refusal import refusal
from clientdesk.ports.checkouts import Unreachable

# As git 2.39 and the hosts write them.
COMPLAINTS = {
    "fatal: unable to access 'https://x/': Could not resolve host: x": "can't be found",
    "ssh: Could not resolve hostname x: Name or service not known\nfatal: Could not read": "can't be found",
    "Host key verification failed.\nfatal: Could not read from remote repository.": "accept its key",
    "remote: Repository not found.\nfatal: repository 'https://x/a/' not found": "there is no repository",
    "ERROR: Repository not found.\nfatal: Could not read from remote repository.": "there is no repository",
    "fatal: could not read Username for 'https://x': terminal prompts disabled": "asks for credentials",
    "fatal: unable to access 'https://x/a/': The requested URL returned error: 403": "asks for credentials",
    "git@x: Permission denied (publickey).\nfatal: Could not read": "asks for credentials",
    "fatal: Authentication failed for 'https://x/a/'": "asks for credentials",
    "fatal: unable to access 'https://x/': Failed to connect to x port 443: Connection refused": "can't be reached",
    "ssh: connect to host x port 22: Connection timed out": "can't be reached",
    "fatal: unable to access 'https://x/': SSL certificate problem: self-signed certificate": "can't be trusted",
    "fatal: 'x' does not appear to be a git repository": "is not a git repository",
    "fatal: https://x/info/refs not valid: is this a git repository?": "is not a git repository",
    "error: object 1234: hasDotdot: contains '..'\nfatal: fsck error in packed object": "damaged or forged",
    "fatal: write error: No space left on device": "the disk is full",
    "fatal: transport 'ext' not allowed": "kind of address that is refused",
}


@pytest.mark.parametrize(("complaint", "words"), COMPLAINTS.items())
def test_complaint_is_told_in_words(complaint, words):
    assert words in str(refusal(complaint, "the place"))


def test_only_what_time_may_heal_is_worth_another_try():
    healing = {"can't be found", "can't be reached"}

    assert {words for text, words in COMPLAINTS.items() if isinstance(refusal(text, "x"), Unreachable)} == healing
    assert isinstance(
        refusal("error: RPC failed; HTTP 502\nfatal: the remote end hung up unexpectedly", "x"), Unreachable
    )
    assert isinstance(
        refusal("fatal: unable to access 'https://x/': The requested URL returned error: 503", "x"), Unreachable
    )


def test_unknown_complaint_is_passed_on_in_one_printable_line():
    words = str(refusal("remote: hello\nfatal: \x1b[31mred\x07 {detail}\nmore", "the place"))

    assert words == "git could not read the place: fatal: ?[31mred? {detail}"


def test_credentials_in_a_complaint_are_cut_out():
    assert "s3cret" not in str(refusal("fatal: odd thing at https://anna:s3cret@x/a", "the place"))


def test_long_complaint_is_cut():
    assert len(str(refusal("fatal: " + "x" * 10_000, "the place"))) < 300


def test_silence_is_told_as_such():
    assert "no reason given" in str(refusal("", "the place"))
