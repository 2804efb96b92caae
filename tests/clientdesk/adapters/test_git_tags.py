"""Tags of a history; what is known of them is not asked again."""

import pytest
from fakes.git_source import GitSource

from clientdesk.adapters.commit_log import CommitLog, Record
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_tags import Tags, read_tags


@pytest.fixture
def source(tmp_path):
    made = GitSource(tmp_path / "repository.git")
    made.commit({"a": "1"})
    made.tag("v1")
    made.branch("side")
    made.commit({"b": "1"}, branch="side")
    made.tag("elsewhere", "side")
    return made


@pytest.fixture
def tags(source, tmp_path):
    folder = GitFolder(tmp_path)
    folder.prepare()
    return lambda known=None, *commits: read_tags(folder, source.head, known, [_log(commit) for commit in commits])


def _log(commit):
    log = CommitLog()
    log.add(Record(commit.encode(), b"1", (b"", b""), b"", b"", (), ()))
    return log


def _names(tags):
    return [name for name, _ in tags.listed]


def test_of_every_tag_it_is_told_whether_the_history_has_it(source, tags):
    found = tags()

    assert _names(found) == ["v1"]
    assert found.reached == {source.git("rev-parse", "v1"): True, source.git("rev-parse", "elsewhere"): False}


def test_what_is_known_is_not_asked(tags):
    again = tags(tags().reached)

    assert (_names(again), again.is_asked) == (["v1"], False)


def test_tag_on_a_commit_that_is_new_here_is_told_by_it(source, tags):
    known = tags().reached
    newest = source.commit({"a": "2"})
    source.annotated_tag("v2", "two")

    found = tags(known, newest)

    assert (_names(found), found.is_asked) == (["v2", "v1"], False)


def test_new_tag_on_a_commit_that_is_known_is_told_by_it(source, tags):
    known = tags().reached
    source.tag("v0", source.commit({"a": "2"}))
    newest = source.commit({"a": "3"})

    found = tags(known, newest, source.git("rev-parse", "v0"))

    assert (_names(found), found.is_asked) == (["v0", "v1"], False)


def test_unknown_tag_is_asked_for(source, tags):
    known = tags().reached
    source.tag("v0", source.commit({"a": "2"}))

    found = tags(known)

    assert (_names(found), found.is_asked) == (["v0", "v1"], True)


def test_tag_of_a_tag_stands_for_what_that_one_does(source, tags):
    source.git("tag", "-a", "-m", "one", "inner", "side", GIT_COMMITTER_DATE="1772442000 +0000")
    source.git("tag", "-a", "-m", "two", "outer", "inner", GIT_COMMITTER_DATE="1772442000 +0000")
    known = tags().reached
    merged = source.git("rev-parse", "side")
    source.git("update-ref", "refs/heads/main", merged)

    assert set(_names(tags(known, merged))) == {"v1", "elsewhere", "inner", "outer"}


def test_where_git_fails_there_are_none(tmp_path):
    assert read_tags(GitFolder(tmp_path / "nothing"), "1" * 40) == Tags()
