"""Only our settings and variables reach git."""

import pytest

from clientdesk.adapters.git_environment import GitFolder, environment
from clientdesk.adapters.git_process import run


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


def test_ssh_never_asks_on_the_terminal(folder, monkeypatch):
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -i key")

    variables = environment(folder, "ssh")

    assert variables["GIT_SSH_COMMAND"].startswith("ssh -i key -o BatchMode=yes")
    assert variables["GIT_TERMINAL_PROMPT"] == "0"
