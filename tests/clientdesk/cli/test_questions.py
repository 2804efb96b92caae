"""The two decisions: asked, or agreed beforehand and recorded as such."""

import getpass
from contextlib import nullcontext
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from clientdesk.cli.questions import AgreedBeforehand, TerminalDecisions

DISPLAY = SimpleNamespace(paused=nullcontext)


def answered(typed):
    kept = []

    @click.command()
    def ask():
        kept.append(TerminalDecisions(DISPLAY).approve(["To \x1b[31mNora"], ["/tmp/a.pdf"]))

    result = CliRunner().invoke(ask, input=typed)
    return kept, result


@pytest.mark.parametrize(
    ("typed", "is_yes", "words"), [("y\nfine\n", True, "fine"), ("n\n\n", False, ""), ("\n\n", False, "")]
)
def test_answer_is_kept_with_name_and_words_and_enter_is_a_no(typed, is_yes, words):
    (decision,), _ = answered(typed)

    assert (decision.is_yes, decision.by, decision.words) == (is_yes, getpass.getuser(), words)


def test_facts_and_documents_are_shown_without_control_characters():
    _, result = answered("y\n\n")

    assert "/tmp/a.pdf" in result.stderr
    assert "\x1b" not in result.stderr


def test_closed_terminal_is_no_answer():
    kept, result = answered("")

    assert kept == []
    assert result.exit_code == 1


def test_agreed_beforehand_says_so():
    decisions = AgreedBeforehand()

    assert decisions.sign_off([], []).words == decisions.approve([], []).words == "agreed beforehand with --yes"
    assert not decisions.are_read
