"""git as we run it: our settings only, our limits, nothing left running."""

import time
from contextlib import suppress

import psutil
import pytest

from clientdesk.adapters import git_process
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed, run, running
from clientdesk.domain.refusal import Refusal


@pytest.fixture
def folder(tmp_path):
    ours = GitFolder(tmp_path)
    ours.prepare()
    run(ours, ["init", "--quiet", "--bare", "--template="])
    return ours


@pytest.mark.parametrize("address", ["https://example.com/a", "ssh://example.com/a", "ext::touch x", "."])
def test_without_a_protocol_nothing_can_be_reached(folder, address):
    with pytest.raises(GitFailed, match="not allowed"):
        run(folder, ["ls-remote", address])


def test_error_carries_what_git_wrote(folder):
    with pytest.raises(GitFailed, match="Not a valid object name"):
        run(folder, ["cat-file", "-t", "nothing"])


def test_answer_beyond_the_limit_is_an_error_and_not_a_part(folder, monkeypatch):
    monkeypatch.setattr(git_process, "OUTPUT_LIMIT", 10)

    with pytest.raises(GitFailed, match="larger than"):
        run(folder, ["config", "--list"])


def test_watch_that_raises_ends_git(folder):
    def watch():
        raise Refusal("enough")

    started = time.monotonic()
    with pytest.raises(Refusal, match="enough"):
        run(folder, ["-c", "alias.wait=!sleep 30", "wait"], watch=watch)

    assert time.monotonic() - started < 5


def test_whatever_git_started_is_gone_with_it(folder):
    with running(folder, ["-c", "alias.wait=!sleep 30 & sleep 30", "wait"]) as git:
        started = psutil.Process(git.process.pid)
        until = time.monotonic() + 10
        while len(started.children(recursive=True)) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        children = started.children(recursive=True)

    assert len(children) >= 2
    _, alive = psutil.wait_procs(children, timeout=5)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def test_machine_without_git_is_told_how_to_get_it(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Refusal, match="git is not installed; install it"):
        run(folder, ["version"])


def test_answers_are_whole_right_after_failures(folder):
    """A reader left over from a failed command would take the next one's answer."""
    answers = set()
    for _ in range(60):
        with suppress(GitFailed):
            run(folder, ["rev-parse", "--verify", "--quiet", "nothing"])
        answers.add(run(folder, ["rev-parse", "--git-dir"]))

    assert answers == {f"{folder.repository}\n".encode()}
