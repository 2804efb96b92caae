"""git as we run it: our settings only, our limits, nothing left running."""

import time

import psutil
import pytest

from clientdesk.adapters import git_process
from clientdesk.adapters.git_process import GitFailed, GitFolder, run, running
from clientdesk.domain.refusal import Refusal


@pytest.fixture
def folder(tmp_path):
    ours = GitFolder(tmp_path)
    ours.prepare()
    run(ours, ["init", "--quiet", "--bare", "--template="])
    return ours


def test_no_settings_but_ours_are_seen(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".gitconfig").write_text("[alias]\n\tevil = !touch x\n")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "touch x")

    listed = run(folder, ["config", "--list", "--show-origin"]).decode()

    assert {line.split("\t")[0] for line in listed.splitlines()} == {
        f"file:{folder.settings}",
        f"file:{folder.repository}/config",
    }
    assert "core.fsmonitor=false" in listed
    assert "evil" not in listed


def test_our_settings_are_understood_by_git(folder):
    assert run(folder, ["config", "--type=bool", "transfer.fsckObjects"]) == b"true\n"
    assert run(folder, ["config", "fetch.fsck.zeroPaddedFilemode"]) == b"ignore\n"


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


def test_ssh_never_asks_on_the_terminal(folder, monkeypatch):
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -i key")

    environment = git_process._environment(folder, "ssh")

    assert environment["GIT_SSH_COMMAND"].startswith("ssh -i key -o BatchMode=yes")
    assert environment["GIT_TERMINAL_PROMPT"] == "0"
