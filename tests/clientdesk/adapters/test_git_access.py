"""A secret reaches git and nobody else: looked for in arguments, variables, files and at other hosts."""

import os
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest
from fakes.git_http import leading_to, only_for, repositories_under, served
from fakes.git_source import GitSource

from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.adapters.git_access import Key, Login, handed_over
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.refusal import Refusal

TOKEN = "ghp_Zq7'x \"$HOME`;€-planted-9f3b"
FILES = {"app.py": "x = 1\n"}


def reading(root: Path, scope: str, token: str = TOKEN) -> GitCheckouts:
    """Checkouts whose credential "acme" is for one server."""

    def access(name: str, _url: str) -> Login | None:
        return Login(name, scope, "x-access-token", lambda: token) if name else None

    return GitCheckouts(root, print, folders_allowed=False, access=access)


@pytest.fixture
def private(tmp_path):
    source = GitSource(tmp_path / "far" / "acme.git")
    for number in range(3):
        source.commit({**FILES, "n.py": f"n = {number}\n"})
    asked: list[str] = []
    handler = only_for(TOKEN.encode().decode("utf-8"), repositories_under(tmp_path / "far"), asked=asked)
    with served(handler) as server:
        yield server, asked


def test_private_repository_is_read_with_its_credential(tmp_path, private):
    server, asked = private
    checkouts = reading(tmp_path / "clones", server)

    checkout = checkouts.fetch(RepositoryAddress(f"{server}/acme.git", credential="acme"))

    assert checkouts.open(checkout).text("n.py") == "n = 2\n"
    assert len(checkouts.open(checkout).history().commits) == 3
    assert set(asked) == {TOKEN}


def test_secret_lies_neither_in_the_clone_nor_in_what_processes_show(tmp_path, private):
    server, _ = private
    checkouts = reading(tmp_path / "clones", server)
    seen = Counter()
    watching = threading.Event()

    def watch() -> None:
        while not watching.is_set():
            for child in psutil.Process().children(recursive=True):
                try:
                    words = [*child.cmdline(), *child.environ().values()]
                except psutil.Error:
                    continue
                seen["processes"] += 1
                seen["shown"] += any("planted-9f3b" in word for word in words)
            time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    checkout = checkouts.fetch(RepositoryAddress(f"{server}/acme.git", credential="acme"))
    watching.set()
    watcher.join()

    assert seen["processes"] > 5
    assert seen["shown"] == 0
    files = [path for path in Path(checkout.folder).rglob("*") if path.is_file()]
    assert any(path.name == "config" for path in files)
    assert [path for path in files if b"planted-9f3b" in path.read_bytes()] == []


def test_without_the_credential_a_person_is_told_what_to_name(tmp_path, private):
    server, _ = private

    with pytest.raises(Refusal, match=r"asks for credentials; name one of agency\.toml"):
        reading(tmp_path / "clones", server).fetch(RepositoryAddress(f"{server}/acme.git"))


def test_wrong_token_is_named_by_its_credential_and_never_shown(tmp_path, private):
    server, asked = private

    with pytest.raises(Refusal, match="does not let the credential acme in") as refused:
        reading(tmp_path / "clones", server, "wrong-planted-9f3b").fetch(
            RepositoryAddress(f"{server}/acme.git", credential="acme")
        )

    assert "planted" not in str(refused.value)
    assert set(asked) == {"wrong-planted-9f3b"}


def test_another_server_is_never_shown_the_secret(tmp_path, private):
    thief_asked: list[str] = []
    with (
        served(only_for("nothing", repositories_under(tmp_path), asked=thief_asked)) as thief,
        served(leading_to(thief)) as server,
        pytest.raises(Refusal),
    ):
        reading(tmp_path / "clones", server).fetch(RepositoryAddress(f"{server}/acme.git", credential="acme"))

    assert thief_asked == []


def test_server_that_leads_away_after_the_password_passes_nothing_on(tmp_path):
    thief_asked: list[str] = []
    asked: list[str] = []
    with (
        served(only_for("nothing", repositories_under(tmp_path), asked=thief_asked)) as thief,
        served(only_for(TOKEN, leading_to(thief), asked=asked)) as server,
        pytest.raises(Refusal),
    ):
        reading(tmp_path / "clones", server).fetch(RepositoryAddress(f"{server}/acme.git", credential="acme"))

    assert asked
    assert thief_asked == []


def test_secret_is_asked_for_anew_at_each_start_so_that_one_that_ran_out_is_renewed():
    tokens = iter(["first", "second"])
    login = Login("acme", "https://host.example", "git", lambda: next(tokens))

    def answer() -> bytes:
        with handed_over(login) as given:
            return os.read(given.pipes[0], 1000)

    assert [answer(), answer()] == [b"username=git\npassword=first\n", b"username=git\npassword=second\n"]


def test_pipe_is_closed_when_git_has_started():
    with handed_over(Login("acme", "https://host.example", "git", lambda: "s")) as given:
        pipe = given.pipes[0]

    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(pipe)


def test_secret_is_not_in_what_is_printed_of_a_login():
    assert "planted" not in repr(Login("acme", "https://host.example", "git", lambda: TOKEN))


def test_file_of_an_ssh_key_is_given_to_ssh_quoted(tmp_path):
    file = tmp_path / "a key; touch x"

    with handed_over(Key("acme", str(file))) as given:
        words = subprocess.run(
            ["sh", "-c", f"printf '%s\\n' {given.ssh}"], capture_output=True, text=True, check=True
        ).stdout.splitlines()

    assert words == ["-i", str(file), "-o", "IdentitiesOnly=yes"]
