from __future__ import annotations

import json
import subprocess
import sys

import pytest
from fakes.git_source import Link
from fakes.planted import ADDRESS, EVERY, GITHUB, KEY, SLACK
from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers import secret_tree
from clientdesk.adapters.analysers.kingfisher import Kingfisher
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.secret_tree import SecretTree
from clientdesk.audit.repository import ToolFailed

PLANTED = {
    "src/app.py": f"token = '{GITHUB}'\nslack = '{SLACK}'\n",
    "lib/copy.py": f"\n\ntoken = '{GITHUB}'\n",
    "deploy/notes.txt": f"use this:\n{KEY}\n",
    "config/database.rb": f"DB = '{ADDRESS}'\n",
    "pages/[id]\n.js": f"const t = '{GITHUB}'\n",
}
TWINS = {
    "src/app.py": "token = os.environ['TOKEN']\nslack = 'xoxb-your-token'\n",
    "deploy/notes.txt": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
    "config/database.rb": "DB = 'postgres://app@db/prod'\n",
}


@pytest.fixture
def tree(rules):
    return SecretTree(Kingfisher(rules))


def places(report):
    return sorted((leak.rule, leak.path, leak.line) for leak in report.leaks)


def test_planted_secrets_are_found_where_they_stand(tree):
    report = tree.report(RepositoryFromText(PLANTED))

    assert places(report) == [
        ("generic-credential-uri", "config/database.rb", 1),
        ("github-pat", "lib/copy.py", 3),
        ("github-pat", "pages/[id]\n.js", 1),
        ("github-pat", "src/app.py", 1),
        ("private-key", "deploy/notes.txt", 2),
        ("slack-bot-token", "src/app.py", 2),
    ]
    assert len({leak.digest for leak in report.leaks}) == 4
    assert (report.files, report.unread) == (5, ())


def test_what_is_scanned_some_at_a_time_is_found_alike(tree, monkeypatch):
    expected = tree.report(RepositoryFromText(PLANTED))
    monkeypatch.setattr(secret_tree, "_AT_ONCE", 2)

    assert tree.report(RepositoryFromText(PLANTED)) == expected


def test_twins_without_secrets_are_clean(tree):
    assert tree.report(RepositoryFromText(TWINS)).leaks == ()


def test_no_secret_is_in_the_report_or_the_cache(rules, tmp_path):
    cache = tmp_path / "results.sqlite"

    report = SecretTree(Kingfisher(rules), ResultCache(cache)).report(RepositoryFromText(PLANTED))

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert len(report.leaks) == 6
    assert not [name for name, secret in EVERY.items() if secret in repr(report) or secret.encode() in kept]


def test_clients_settings_and_remarks_hide_nothing(tree):
    files = {
        ".gitignore": "*\n",
        ".ignore": "*\n",
        "kingfisher.yaml": "exclude: ['*']\n",
        ".gitleaks.toml": "[allowlist]\npaths = ['.*']\n",
        "a.py": f"t = '{GITHUB}'  # kingfisher:ignore gitleaks:allow nosec\n",
    }

    assert places(tree.report(RepositoryFromText(files))) == [("github-pat", "a.py", 1)]


def test_links_binary_and_large_files(tree, monkeypatch):
    monkeypatch.setattr(secret_tree, "LARGEST_FILE", 1_000)
    files = {
        "link.py": Link("/etc/passwd"),
        "logo.png": b"\x89PNG\0" + GITHUB.encode(),
        "dump.sql": f"{GITHUB}\n" + "x" * 1_000,
        "empty.py": "",
    }

    report = tree.report(RepositoryFromText(files))

    assert report.leaks == ()
    assert [(file.path, file.reason) for file in report.unread] == [("dump.sql", "too large")]
    assert report.files == 2


def test_known_files_are_not_scanned_again_and_renamed_ones_are(rules, tmp_path):
    cache = ResultCache(tmp_path / "results.sqlite")
    first = SecretTree(Kingfisher(rules), cache).report(RepositoryFromText(PLANTED))
    broken = SecretTree(Kingfisher(rules, command=("/no/such/command",)), cache)

    assert broken.report(RepositoryFromText(PLANTED)) == first
    with pytest.raises(ToolFailed, match="could not be started"):
        broken.report(RepositoryFromText({"renamed.py": PLANTED["src/app.py"]}))


@pytest.mark.parametrize("code", ["import sys; sys.exit(1)", "print('no json')", "import os; os.abort()"])
def test_failed_tool_is_never_clean(code):
    tree = SecretTree(Kingfisher(command=(sys.executable, "-c", code)))

    with pytest.raises(ToolFailed, match="kingfisher gave no result"):
        tree.report(RepositoryFromText(TWINS))


def test_report_about_files_we_did_not_write_is_no_result():
    hit = {"rule": {"name": "x"}, "finding": {"path": "/etc/passwd", "line": 1, "column_start": 0, "column_end": 1}}
    report = {
        "findings": [hit],
        "audit": {"repositories": [{"scan": {"status": "completed"}, "stats": {"blobs_scanned": 1}}]},
    }
    tree = SecretTree(Kingfisher(command=(sys.executable, "-c", f"print({json.dumps(report)!r})")))

    with pytest.raises(ToolFailed, match="not there"):
        tree.report(RepositoryFromText({"src/app.py": TWINS["src/app.py"]}))


def test_hits_are_those_of_the_tools_own_command(tree, rules, tmp_path):
    plain = {path: text for path, text in PLANTED.items() if "\n" not in path}
    for path, text in plain.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    command = ["kingfisher", "scan", ".", "-n", "-r", "--no-update-check", "--no-dedup", "-q", "-f", "json"]
    command[0] = f"{sys.prefix}/bin/kingfisher"
    command += ["--git-history", "none", "--rule-cache-dir", str(rules)]
    own = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout)["findings"]

    told = sorted((one["rule"]["name"], one["finding"]["path"][2:], one["finding"]["line"]) for one in own)
    assert places(tree.report(RepositoryFromText(plain))) == told
