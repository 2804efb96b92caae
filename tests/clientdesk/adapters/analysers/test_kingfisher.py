from __future__ import annotations

import json
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Thread

import pytest
from fakes.planted import EVERY, GITHUB, SLACK

from clientdesk.adapters.analysers import kingfisher
from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.kingfisher import Kingfisher

TREE = [".", "--git-history", "none"]


@pytest.fixture(scope="module")
def real(rules):
    return Kingfisher(rules)


def scan(tool, folder, seconds=60.0):
    return tool.scan(folder, TREE, time.monotonic() + seconds)


def test_secret_is_told_by_its_place_and_never_by_itself(real, tmp_path):
    (tmp_path / "a.py").write_text(f"é = 1\ntoken = '{GITHUB}'  # kingfisher:ignore\n")

    found = scan(real, tmp_path)
    (hit,) = found.hits

    assert (hit.rule, hit.path, hit.line, hit.first, hit.last, hit.confidence) == (
        *("github-pat", "./a.py", 2, 9, 48, "high"),
    )
    assert found.is_whole
    assert GITHUB not in repr(found)


def test_every_place_of_a_secret_is_told_under_one_mark(real, tmp_path):
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(f"token = '{GITHUB}'\nslack = '{SLACK}'\n")

    hits = scan(real, tmp_path).hits

    assert len(hits) == 4
    assert len({hit.mark for hit in hits}) == 2


def test_text_without_secrets_has_none(real, tmp_path):
    (tmp_path / "a.py").write_text("token = os.environ['TOKEN']\npassword = getpass()\n")

    assert scan(real, tmp_path).hits == ()


def server_that_counts():
    server = socket.create_server(("127.0.0.1", 0))
    calls = []

    def take():
        while True:
            try:
                connection, _ = server.accept()
                connection.close()
                calls.append(1)
            except OSError:
                return

    Thread(target=take, daemon=True).start()
    return server, calls


def test_nobody_is_asked_anything(real, tmp_path, monkeypatch):
    """The proxy would see every connection: with the switches taken away, it does."""
    (tmp_path / "a.py").write_text(f"token = '{GITHUB}'\nslack = '{SLACK}'\n")
    server, calls = server_that_counts()
    with closing(server):
        tool = replace(real, proxy=f"http://127.0.0.1:{server.getsockname()[1]}")
        scan(tool, tmp_path)
        asked = len(calls)
        switches = [each for each in kingfisher._OPTIONS if each not in {"--no-validate", "--no-update-check"}]
        monkeypatch.setattr(kingfisher, "_OPTIONS", switches)
        scan(tool, tmp_path)
        asked_without_switches = len(calls)

    assert asked == 0
    assert asked_without_switches > 0


REPORT = {"findings": [], "audit": {"repositories": [{"scan": {"status": "completed"}, "stats": {"blobs_scanned": 1}}]}}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import sys; sys.exit(2)", "ended with status 2"),
        ("import os; os.abort()", "ended with status -6"),
        ("pass", "no JSON"),
        ("print('{}')", "no report of a scan"),
        ("print('[1]')", "no report of a scan"),
        (f"print({json.dumps(json.dumps(REPORT).replace('completed', 'failed'))})", 'calls its own scan "failed"'),
        (f"print({json.dumps(json.dumps(REPORT | {'findings': [{}]}))})", "names no rule or place"),
        ("import time; time.sleep(60)", "longer than"),
        ("x = 'x' * (4 << 30)", "ended with status 1"),
    ],
)
def test_all_but_a_result_is_a_failure(tmp_path, code, words):
    with pytest.raises(CommandFailed, match=words):
        scan(Kingfisher(command=(sys.executable, "-c", code)), tmp_path, seconds=3)


def test_no_time_left_and_no_program_are_failures(tmp_path):
    with pytest.raises(CommandFailed, match="no time left"):
        scan(Kingfisher(), tmp_path, seconds=0)
    with pytest.raises(CommandFailed, match="could not be started"):
        scan(Kingfisher(command=("/no/such/command",)), tmp_path)


_COMPILING = f"""
import json, pathlib, sys, time
rules = pathlib.Path(sys.argv[sys.argv.index("--rule-cache-dir") + 1])
with (rules / "log").open("a") as log:
    log.write("known " if list(rules.glob("*.vscdb")) else "made ")
time.sleep(0.5)
(rules / "all.vscdb").touch()
print(json.dumps({REPORT!r}))
"""


def test_rules_are_compiled_by_one_of_two_scans_that_begin_together(tmp_path):
    tool = Kingfisher(tmp_path, (sys.executable, "-c", _COMPILING))

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(tool.scan, tmp_path, TREE, time.monotonic() + 60, everything=one) for one in (True, False)]

    assert all(one.result().is_whole for one in both)
    assert (tmp_path / "log").read_text() == "made known "


def test_scan_that_waits_in_vain_for_compiled_rules_is_a_failure(tmp_path):
    tool = Kingfisher(tmp_path, (sys.executable, "-c", "import time; time.sleep(60)"))

    with ThreadPoolExecutor(2) as pool:
        first, second = (pool.submit(scan, tool, tmp_path, seconds) for seconds in (3, 1.5))

    assert isinstance(first.exception(), CommandFailed)
    assert isinstance(second.exception(), CommandFailed)


def test_nothing_of_our_environment_is_handed_over(tmp_path, monkeypatch):
    monkeypatch.setenv("KF_GITHUB_TOKEN", "x")
    code = f"import os, json; print(json.dumps(dict({REPORT!r}, findings=[]))) if set(os.environ) <= KNOWN else exit(9)"
    known = {"HOME", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "LC_CTYPE"}

    assert scan(Kingfisher(command=(sys.executable, "-c", f"KNOWN = {known!r}\n{code}")), tmp_path).is_whole


def test_made_up_secrets_are_known_by_their_form(real, tmp_path):
    (tmp_path / "all.txt").write_text("\n".join(f'{name} = "{secret}"' for name, secret in EVERY.items()))

    assert {hit.rule for hit in scan(real, tmp_path).hits} >= {"github-pat", "slack-bot-token", "stripe-access-token"}
