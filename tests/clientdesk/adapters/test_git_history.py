"""History as checks see it: newest first, under the names of today."""

import time
from datetime import UTC, datetime

import pytest
from fakes.git_source import Link, Submodule

from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.adapters.git_clone import Limits
from clientdesk.domain.intake import RepositoryAddress

BEFORE_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture
def history_of(tmp_path):
    def read(source, **limits):
        checkouts = GitCheckouts(tmp_path / "clones", print, folders_allowed=True, limits=Limits(**limits))
        return checkouts.open(checkouts.fetch(RepositoryAddress(source.address))).history()

    return read


def test_commits_are_newest_first_with_the_paths_they_touched(repository_of, history_of):
    source = repository_of({"a.py": "1", "b.py": "1"})
    second = source.commit({"a.py": "2", "c/d.py": "1"})
    third = source.commit({"b.py": None})

    commits = history_of(source).commits

    assert [commit.id for commit in commits[:2]] == [third, second]
    assert [set(commit.paths) for commit in commits] == [{"b.py"}, {"a.py", "c/d.py"}, {"a.py", "b.py"}]
    assert [commit.at.day for commit in commits] == [4, 3, 2]


def test_moved_file_keeps_its_past_under_its_name_of_today(repository_of, history_of):
    source = repository_of({"old.py": "content\n"})
    source.commit({"old.py": "content 2\n"})
    source.rename("old.py", "lib/new.py")
    source.commit({"lib/new.py": "content 3\n"})
    source.rename("lib/new.py", "lib/newest.py")

    assert [commit.paths for commit in history_of(source).commits] == [("lib/newest.py",)] * 5


def test_two_files_that_change_places_are_told_apart(repository_of, history_of):
    source = repository_of({"a": "one\n", "b": "two\n"})
    source.commit({"a": "one more\n"})
    source.commit({"a": None, "b": None, "x": "one more\n", "y": "two\n"})
    source.commit({"x": None, "y": None, "b": "one more\n", "a": "two\n"})

    assert [set(commit.paths) for commit in history_of(source).commits] == [
        {"a", "b"},
        {"a", "b"},
        {"b"},  # it changed "a", which is called "b" today
        {"a", "b"},
    ]


def test_new_file_under_a_name_that_was_free_does_not_inherit_its_past(repository_of, history_of):
    source = repository_of({"a": "one\n"})
    source.commit({"a": None})
    source.commit({"a": "quite different\n"})
    source.rename("a", "b")

    assert [commit.paths for commit in history_of(source).commits] == [("b",), ("b",), ("a",), ("a",)]


def test_file_moved_and_edited_in_the_same_commit_keeps_its_past(repository_of, history_of):
    source = repository_of({"app/tool-bar.ts": "one\n"})
    source.commit({"app/tool-bar.ts": None, "packages/ui/toolBar.ts": "two, quite another\n"})
    source.commit({"packages/ui/toolBar.ts": "three\n"})

    assert [commit.paths for commit in history_of(source).commits] == [("packages/ui/toolBar.ts",)] * 3


def test_names_that_every_folder_has_are_no_sign_of_a_move(repository_of, history_of):
    source = repository_of({"a/index.ts": "one\n", "a/user.ts": "1\n", "b/user.ts": "2\n"})
    gone = {"a/index.ts": None, "a/user.ts": None, "b/user.ts": None}
    source.commit({**gone, "c/index.ts": "another\n", "c/user.ts": "a third\n"})

    assert set(history_of(source).commits[-1].paths) == {"a/index.ts", "a/user.ts", "b/user.ts"}


def test_merge_touches_nothing_itself(repository_of, history_of):
    source = repository_of({"a": "1"})
    source.branch("side")
    side = source.commit({"b": "1"}, branch="side")
    source.commit({"c": "1"})
    tree = source.git("rev-parse", "HEAD^{tree}")
    who = {f"GIT_{role}_{what}": "x@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    merge = source.git("commit-tree", tree, "-p", "HEAD", "-p", side, "-m", "Merge", **who)
    source.git("update-ref", "refs/heads/main", merge)

    commits = history_of(source).commits

    assert len(commits) == 4
    assert {commit.id: commit.paths for commit in commits}[merge] == ()


def test_author_is_known_by_a_hash_of_the_mail_in_any_spelling(repository_of, history_of):
    source = repository_of({"a": "1"})
    source.commit({"a": "2"}, author="A. Lovelace <ADA@Example.com>")
    source.commit({"a": "3"}, author="Bob <bob@example.com>")

    newest, middle, oldest = history_of(source).commits

    assert middle.author.key == oldest.author.key != newest.author.key
    assert (middle.author.name, newest.author.name) == ("A. Lovelace", "Bob")
    assert "example" not in repr(history_of(source))


def test_mailmap_of_the_repository_joins_two_addresses(repository_of, history_of):
    source = repository_of({"a": "1"})
    source.commit(
        {"a": "2", ".mailmap": "Ada Lovelace <ada@example.com> <countess@example.org>\n"},
        author="Countess <countess@example.org>",
    )

    newest, oldest = history_of(source).commits

    assert newest.author == oldest.author


@pytest.mark.parametrize("mailmap", [Link("/etc/passwd"), Submodule(), b"\0\xff<<<>>>\n" * 1000])
def test_mailmap_that_is_none_changes_nothing(repository_of, history_of, mailmap):
    source = repository_of({"a": "1", ".mailmap": mailmap})

    history = history_of(source)

    assert ([commit.author.name for commit in history.commits], history.complete) == (["Ada Lovelace"], True)


def test_mailmap_that_is_a_folder_changes_nothing(repository_of, history_of):
    assert history_of(repository_of({".mailmap/a": "1"})).complete


@pytest.mark.parametrize("name", ["a\nb.py", "\x01" + "1" * 40, "R100", "M", "tab\there", "naïve.py"])
def test_odd_names_do_not_confuse_the_reading(repository_of, history_of, name):
    source = repository_of({name: "content\n", "plain": ""})
    source.rename(name, "moved")

    assert [set(commit.paths) for commit in history_of(source).commits] == [{"moved"}, {"moved", "plain"}]


def test_control_characters_in_an_authors_name_are_dropped(repository_of, history_of):
    source = repository_of()
    source.commit({"a": "1"}, author="Eve\x01commit\x1b[31m Red <eve@example.com>")

    assert history_of(source).commits[0].author.name == "Eve commit [31m Red"


def test_dates_that_no_calendar_holds_are_cut(repository_of, history_of):
    source = repository_of({"a": "1"})
    tree = source.git("rev-parse", "HEAD^{tree}")
    for seconds in ("99999999999999", "0"):
        raw = (
            f"tree {tree}\nauthor E <e@example.com> {seconds} +0000\ncommitter E <e@example.com> {seconds} +0000\n\nm\n"
        )
        commit = source.git("hash-object", "-w", "-t", "commit", "--literally", "--stdin", stdin=raw.encode())
        source.git("update-ref", "refs/heads/main", commit)

        assert history_of(source).commits[0].at in {BEFORE_TIME, datetime.max.replace(microsecond=0, tzinfo=UTC)}


def test_tags_of_this_line_of_history_come_newest_first(repository_of, history_of):
    source = repository_of({"a": "1"})
    source.tag("v1")
    source.branch("side")
    source.commit({"b": "1"}, branch="side")
    source.tag("elsewhere", "side")
    source.commit({"a": "2"})
    source.annotated_tag("v2", "two", datetime(2026, 4, 1, tzinfo=UTC))
    source.tag("a-blob", source.git("rev-parse", "HEAD:a"))

    assert history_of(source).tags == (
        ("v2", datetime(2026, 4, 1, tzinfo=UTC)),
        ("v1", datetime(2026, 3, 2, 9, tzinfo=UTC)),
    )


def test_whole_history_is_complete(repository_of, history_of):
    source = repository_of({"a": "1"})
    source.commit({"a": "2"})

    assert history_of(source).complete
    assert history_of(source, commits=2).complete


def test_history_beyond_the_limit_is_cut_and_says_so(repository_of, history_of):
    source = repository_of({"a": "1"})
    newest = source.commit({"a": "2"})

    history = history_of(source, commits=1)

    assert ([commit.id for commit in history.commits], history.complete) == ([newest], False)


def test_commit_with_too_many_paths_ends_the_reading_and_says_so(repository_of, history_of):
    source = repository_of({"a": "1"})
    source.commit({f"f{number}": "" for number in range(30)})
    source.commit({f"f{number}": None for number in range(30)})
    newest = source.commit({"a": "2"})

    history = history_of(source, files=20)

    assert ([commit.id for commit in history.commits], history.complete) == ([newest], False)


def test_reading_that_takes_too_long_is_ended_and_says_so(repository_of, history_of):
    source = repository_of({"a": "1"})
    source.commit_bomb()
    source.commit({f"d{number}": None for number in range(10)} | {"a": "2"})

    started = time.monotonic()
    history = history_of(source, history_seconds=0.5)

    assert not history.complete
    assert time.monotonic() - started < 10
