"""git's answer, read by position; why the reading ended."""

import io

import pytest
from fakes.git_source import GitSource

from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_log import LogEnd, fields_of, people_of, read_log
from clientdesk.adapters.git_process import GitFailed


@pytest.fixture
def source(tmp_path):
    made = GitSource(tmp_path / "repository.git")
    made.commit({"a": "1", "b": "1"}, author="Countess <countess@example.org>")
    made.commit({"a": "2"})
    return made


@pytest.fixture
def read(source, tmp_path):
    folder = GitFolder(tmp_path)
    folder.prepare()

    def reading(since="", commits=100, paths=100, seconds=60.0):
        return read_log(folder, source.head, since, commits=commits, paths=paths, seconds=seconds)

    return reading


def test_all_commits_are_told_without_parents(read):
    log, end = read()

    assert (len(log), list(log.counts), log.parents, end) == (2, [1, 2], [(), ()], LogEnd.ALL)


def test_newer_commits_are_told_with_their_parents(source, read):
    older = source.git("rev-parse", "HEAD~1")

    log, end = read(older)

    assert (log.id(0).hex(), log.parents, end) == (source.head, [(bytes.fromhex(older),)], LogEnd.ALL)


def test_reading_ends_with_enough_commits(read):
    log, end = read(commits=1)

    assert (len(log), end) == (1, LogEnd.ENOUGH)


def test_reading_is_cut_at_a_commit_with_too_many_paths(read):
    log, end = read(paths=1)

    assert (len(log), end) == (1, LogEnd.CUT)


def test_what_git_does_not_know_is_cut_to_nothing(read):
    log, end = read("1" * 40)

    assert (len(log), end) == (0, LogEnd.CUT)


def test_people_are_named_as_the_mailmap_of_a_later_commit_has_them(source, read, tmp_path):
    log, _ = read()
    later = source.commit({".mailmap": "Ada Lovelace <ada@example.com> <countess@example.org>\n"})

    assert [one.name for one in log.authors] == ["Ada Lovelace", "Countess"]
    assert [one.name for one in people_of(GitFolder(tmp_path), later, log)] == ["Ada Lovelace"] * 2


def test_people_of_commits_that_are_not_here_are_not_told(source, read, tmp_path):
    log, _ = read()
    log.ids[0] ^= 1

    with pytest.raises(GitFailed):
        people_of(GitFolder(tmp_path), source.head, log)


def test_fields_end_at_nul_bytes():
    assert list(fields_of(io.BytesIO(b"a\0" + b"b" * 70_000 + b"\0"))) == [b"a", b"b" * 70_000]
