from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from fakes.planted import EVERY, GITHUB, SLACK

from clientdesk.adapters.analysers.kingfisher import Kingfisher
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.secret_history import SecretHistory
from clientdesk.adapters.analysers.secret_tree import SecretTree
from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.adapters.git_clone import Limits
from clientdesk.audit.repository import ToolFailed
from clientdesk.domain.intake import RepositoryAddress


@pytest.fixture
def opened(tmp_path):
    """Opens a repository as an audit does."""

    def open_it(source, limits=None):
        checkouts = GitCheckouts(tmp_path / "clones", print, folders_allowed=True, limits=limits)
        return checkouts.open(checkouts.fetch(RepositoryAddress(source.address)))

    return open_it


def with_a_past(repository_of):
    """Two secrets that came and went, one of them twice, on the line that led to the head; a third elsewhere."""
    source = repository_of({"app.py": f"token = '{GITHUB}'\n"})
    first = source.head
    source.commit({"app.py": f"x = 1\ntoken = '{GITHUB}'\n", "odd name\té.py": f"slack = '{SLACK}'\n"})
    source.commit({"app.py": "token = os.environ['T']\n", "odd name\té.py": None})
    source.branch("other")
    source.commit({"b.py": f"stripe = '{EVERY['STRIPE']}'\n"}, branch="other")
    return source, first


def test_secret_of_an_earlier_commit_is_told_once_where_it_came_in(rules, opened, repository_of):
    source, first = with_a_past(repository_of)

    report = SecretHistory(Kingfisher(rules)).report(opened(source))

    assert sorted((leak.rule, leak.path, leak.line) for leak in report.leaks) == [
        ("github-pat", "app.py", 1),
        ("slack-bot-token", "odd name\té.py", 1),
    ]
    assert {leak.commit for leak in report.leaks if leak.rule == "github-pat"} == {first}
    assert all(leak.digest and leak.shown for leak in report.leaks)
    assert report.limits == ""
    assert not [name for name, secret in EVERY.items() if secret in repr(report)]


def test_next_audit_scans_only_what_has_come_since(rules, opened, repository_of, tmp_path):
    source, _ = with_a_past(repository_of)
    history = SecretHistory(Kingfisher(rules), ResultCache(tmp_path / "results.sqlite"))
    before = history.report(opened(source))
    again = history.report(opened(source))
    source.commit({"c.py": f"stripe = '{EVERY['STRIPE']}'\n"})

    after = history.report(opened(source))

    assert again == before
    assert set(before.leaks) < set(after.leaks)
    assert [leak.rule for leak in set(after.leaks) - set(before.leaks)] == ["stripe-access-token"]
    assert 0 < after.contents - before.contents < before.contents
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("results*"))
    assert not [name for name, secret in EVERY.items() if secret.encode() in kept]


def test_history_without_contents_is_not_called_clean(rules, opened, repository_of):
    source, _ = with_a_past(repository_of)
    repository = opened(source, Limits(old_contents=False))

    with pytest.raises(ToolFailed, match="switched off"):
        SecretHistory(Kingfisher(rules)).report(repository)


def test_lent_history_that_lacks_contents_says_so_and_is_not_kept(rules, opened, repository_of, tmp_path):
    source, first = with_a_past(repository_of)
    lost = source.git("rev-parse", f"{first}:app.py")
    unpacked = source.path / "objects"
    for pack in list((unpacked / "pack").glob("*.pack")):
        data = pack.read_bytes()
        for file in pack.parent.glob(f"{pack.stem}*"):
            file.unlink()
        source.git("unpack-objects", "-q", stdin=data)
    (unpacked / lost[:2] / lost[2:]).unlink()
    cache = tmp_path / "results.sqlite"
    history = SecretHistory(Kingfisher(rules), ResultCache(cache))

    report = history.report(opened(source))

    assert "some contents of earlier commits" in report.limits
    assert SLACK not in repr(report)
    assert {leak.rule for leak in report.leaks} >= {"slack-bot-token"}
    assert not cache.exists() or b"slack-bot-token" not in cache.read_bytes()


def test_shallow_clone_says_that_its_history_ends_early(rules, opened, repository_of, tmp_path):
    source, _ = with_a_past(repository_of)
    source.git("clone", "--quiet", "--bare", "--depth=1", f"file://{source.path}", str(tmp_path / "shallow"))
    repository = opened(SimpleNamespace(address=str(tmp_path / "shallow")))

    assert SecretHistory(Kingfisher(rules)).report(repository).limits == "the clone holds only the last commits"


@pytest.mark.parametrize("code", ["import sys; sys.exit(1)", "print('no json')", "import time; time.sleep(60)"])
def test_failed_tool_is_never_clean(opened, repository_of, code):
    source, _ = with_a_past(repository_of)
    history = SecretHistory(Kingfisher(command=(sys.executable, "-c", code)), seconds=1)

    with pytest.raises(ToolFailed, match="kingfisher gave no result"):
        history.report(opened(source))


def test_what_the_files_told_is_not_scanned_again_and_comes_out_the_same(rules, opened, repository_of, tmp_path):
    source, _ = with_a_past(repository_of)
    source.commit({"late.py": f"token = '{GITHUB}'\nslack = '{SLACK}'\n", "c.py": f"x = '{EVERY['STRIPE']}'\n"})
    cache = ResultCache(tmp_path / "results.sqlite")
    without = SecretHistory(Kingfisher(rules)).report(opened(source))
    SecretTree(Kingfisher(rules), cache).report(opened(source))

    with_files = SecretHistory(Kingfisher(rules), cache).report(opened(source))

    assert with_files == without
    assert {leak.path for leak in without.leaks} == {"app.py", "odd name\té.py", "c.py"}


def test_contents_that_the_files_told_all_of_start_no_scanner(rules, opened, repository_of, tmp_path):
    source = repository_of({"app.py": f"token = '{GITHUB}'\n"})
    cache = ResultCache(tmp_path / "results.sqlite")
    SecretTree(Kingfisher(rules), cache).report(opened(source))
    broken = Kingfisher(command=(sys.executable, "-c", "import sys; sys.exit(1)"))

    report = SecretHistory(broken, cache).report(opened(source))

    assert [(leak.rule, leak.commit) for leak in report.leaks] == [("github-pat", source.head)]
