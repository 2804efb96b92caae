"""With what is kept of an earlier commit's history, the answer is what git would have told."""

import json
import sqlite3
import zlib
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from fakes.git_source import GitSource
from fakes.made_up_history import histories, imported
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from clientdesk.adapters import git_history
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_history import read_history
from clientdesk.adapters.kept_history import KeptLogs


class _Reader:
    """Histories of one repository, with what was kept of others; `whole` are the commits whose whole log was read."""

    def __init__(self, folder):
        self.source = GitSource(folder / "repository.git")
        self.whole = []
        self.cache = ResultCache(folder / "results.sqlite")
        self._folder = GitFolder(folder)
        self._folder.prepare()

    def history(self, ref="main", *, is_kept=True, commits=50_000, paths=1000, seconds=60.0):
        mailmap = self.source.git("ls-tree", ref, ".mailmap")
        kept = KeptLogs(self.cache, f"{commits} {paths}", mailmap) if is_kept else None
        commit = self.source.git("rev-parse", ref)
        return read_history(self._folder, commit, commits=commits, paths=paths, seconds=seconds, kept=kept)

    def rows(self, change=""):
        with sqlite3.connect(self._folder.path / "results.sqlite") as rows:
            return rows.execute(change or "SELECT blob, content FROM kept").fetchall()


@pytest.fixture
def reader(tmp_path, monkeypatch):
    made = _Reader(tmp_path)
    real = git_history.read_log

    def noted(folder, commit, since, **limits):
        made.whole += [] if since else [commit]
        return real(folder, commit, since, **limits)

    monkeypatch.setattr(git_history, "read_log", noted)
    return made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=histories(), commits=st.sampled_from([3, 5, 50_000]), data=st.data())
def test_history_is_the_same_with_what_is_kept_of_earlier_commits(tmp_path_factory, made, commits, data):
    reader = _Reader(tmp_path_factory.mktemp("made-up"))
    reader.source.git("fast-import", "--quiet", "--force", "--done", stdin=imported(made))
    number = st.integers(0, len(made) - 1)

    for known in data.draw(st.lists(number, min_size=1, max_size=2, unique=True)):
        reader.history(f"c{known}", commits=commits)
    ref = f"c{data.draw(number.map(lambda one: len(made) - 1 - one))}"

    history = reader.history(ref, commits=commits)
    assert history == reader.history(ref, is_kept=False, commits=commits)
    event("complete" if history.complete else "cut")


def test_of_a_later_commit_git_is_asked_only_what_has_come_since(reader):
    first = reader.source.commit({"a": "1"})
    reader.history()
    reader.source.rename("a", "b")

    history = reader.history()

    assert [commit.paths for commit in history.commits] == [("b",), ("b",)]
    assert reader.whole == [first]


def test_commits_of_a_side_branch_that_is_merged_later_take_their_turn(reader):
    reader.source.commit({"a": "1"})
    reader.source.branch("side")
    side = reader.source.commit({"b": "1"}, branch="side")
    known = reader.source.commit({"a": None, "c": "1"})
    reader.history()
    _merge(reader.source, known, side)

    history = reader.history()

    assert [commit.id for commit in history.commits[1:3]] == [known, side]
    assert reader.whole == [known]
    assert history == reader.history(is_kept=False)


def test_mailmap_of_today_names_the_authors_of_what_was_kept(reader):
    reader.source.commit({"a": "1"}, author="Countess <countess@example.org>")
    reader.source.commit({"a": "2"})
    reader.history()
    reader.source.commit({".mailmap": "Ada Lovelace <ada@example.com> <countess@example.org>\n"})

    history = reader.history()

    assert {commit.author.name for commit in history.commits} == {"Ada Lovelace"}
    assert len({commit.author for commit in history.commits}) == len(reader.whole) == 1


def test_no_mail_address_is_kept(reader):
    reader.source.commit({"a": "1"}, author="Countess <countess@example.org>")

    reader.history()

    ((_, content),) = reader.rows()
    assert "Countess" in content
    assert "example.org" not in content


def test_full_history_stays_within_its_limit(reader):
    for number in range(4):
        reader.source.commit({"a": str(number)})
    reader.history(commits=4)
    newest = reader.source.commit({"a": "4"})

    history = reader.history(commits=4)

    assert (len(history.commits), history.commits[0].id, history.complete) == (4, newest, False)
    assert history == reader.history(commits=4, is_kept=False)


def test_what_other_limits_gave_is_not_taken(reader):
    reader.source.commit({"a": "1"})
    reader.source.commit({"a": "2"})
    reader.history(commits=1)

    assert len(reader.history().commits) == 2


def test_history_that_was_cut_is_not_kept(reader):
    reader.source.commit({f"f{number}": "" for number in range(30)})
    reader.source.commit({"a": "2"})

    reader.history(paths=20)

    assert reader.rows() == []


@pytest.mark.parametrize("at", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2500, 1, 1, tzinfo=UTC)])
def test_history_whose_dates_order_nothing_is_read_anew(reader, at):
    known = reader.source.commit({"a": "1"}, at=datetime(1970, 1, 1, tzinfo=UTC))
    reader.history()
    newer = reader.source.commit({"a": "2"}, at=at)

    assert reader.history() == reader.history(is_kept=False)
    assert reader.whole[:2] == [known, newer]


def test_new_tag_on_an_old_commit_is_seen(reader):
    reader.source.commit({"a": "1"})
    reader.source.branch("side")
    reader.source.commit({"b": "1"}, branch="side")
    reader.source.tag("elsewhere", "side")
    reader.source.commit({"a": "2"})
    reader.history()
    reader.source.tag("v1", "main~1")
    reader.source.annotated_tag("v2", "two")
    reader.source.tag("elsewhere-too", "side")
    reader.source.commit({"a": "3"})

    history = reader.history()

    assert {name for name, _ in history.tags} == {"v1", "v2"}
    assert len(reader.whole) == 1


def test_commit_that_was_read_before_is_not_asked_again(reader):
    commit = reader.source.commit({"a": "1"})
    before = reader.history()

    assert reader.history() == before
    assert reader.whole == [commit]


def test_log_is_written_anew_only_when_it_has_grown(reader, monkeypatch):
    monkeypatch.setattr(git_history, "_GROWN_COMMITS", 2)
    reader.source.commit({"a": "1"})
    reader.history()
    for number in range(2, 5):
        newest = reader.source.commit({"a": str(number)})
        reader.history()

    assert [blob for blob, _ in reader.rows()] in ([newest, reader.whole[0]], [reader.whole[0], newest])
    assert len(reader.whole) == 1


DAMAGES = {
    "column is missing": lambda row: row["columns"].pop("who"),
    "column is no text": lambda row: row["columns"].update(ids=5),
    "column is not packed": lambda row: row["columns"].update(paths="!"),
    "column of others": lambda row: row["columns"].update(who=row["columns"]["news"]),
    "another commit": lambda row: row["columns"].update(ids=row["columns"]["at"]),
    "times of nowhere": lambda row: row["columns"].update(at=b64encode(zlib.compress(b"\xff" * 8)).decode()),
    "author of nobody": lambda row: row.update(authors=[]),
    "authors are no pairs": lambda row: row.update(authors=[["a"]]),
    "tags are none": lambda row: row.update(reached=None),
    "nothing is there": lambda row: row.clear(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_entry_costs_time_and_nothing_else(reader, damage):
    reader.source.commit({"a": "1", "b": "1"})
    before = reader.history()
    ((_, content),) = reader.rows()
    row = json.loads(content)
    DAMAGES[damage](row)
    reader.rows(f"UPDATE kept SET content = '{json.dumps(row)}'")

    assert reader.history() == before
    assert len(reader.whole) == 2


def test_shallow_history_is_neither_kept_nor_continued(reader):
    reader.source.commit({"a": "1"})
    reader.history()
    newest = reader.source.commit({"a": "2"})
    (reader.source.path / "shallow").write_text(f"{newest}\n")

    history = reader.history()

    assert ([commit.id for commit in history.commits], history.complete) == ([newest], False)
    assert len(reader.rows()) == 1


def _merge(source, *parents):
    who = {f"GIT_{role}_{what}": "x@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    tree = source.git("rev-parse", f"{parents[0]}^{{tree}}")
    sides = [word for parent in parents for word in ("-p", parent)]
    merge = source.git("commit-tree", tree, *sides, "-m", "Merge", GIT_COMMITTER_DATE="1777000000 +0000", **who)
    source.git("update-ref", "refs/heads/main", merge)
    return merge
