from __future__ import annotations

import random
import subprocess

import pytest

from clientdesk.adapters.pack_writer import PackWriter


@pytest.fixture
def place(tmp_path):
    return tmp_path / "made.git"


def git(place, *words):
    return subprocess.run(["git", f"--git-dir={place}", *words], capture_output=True, check=True).stdout


def texts(place, branch="0"):
    """Contents by path, as git reads them."""
    paths = git(place, "ls-tree", "-r", "-z", "--name-only", branch).decode().split("\0")[:-1]
    return {path: git(place, "show", f"{branch}:{path}") for path in paths}


def test_git_reads_what_was_added_and_finds_nothing_amiss(place):
    chance = random.Random(1)
    files = {f"a/b{n % 3}/{n} (x).py": chance.randbytes(chance.choice((0, 9, 300, 70_000))) for n in range(40)}
    files |= {"a.b": b"sorts before the folder a/", "a0": b"sorts after it", ".hidden/x": b"1"}

    with PackWriter(place) as pack:
        paths = {pack.add(path, content): content for path, content in files.items()}

    assert texts(place) == paths
    assert {path.partition("/")[2] for path in paths} == set(files)
    git(place, "fsck", "--strict", "--full")


def test_same_content_under_many_names_is_written_once(place):
    with PackWriter(place) as pack:
        for number in range(50):
            pack.add(f"{number}.txt", b"alike\n")

    assert len(texts(place)) == 50
    assert git(place, "count-objects", "-v").decode().split("in-pack: ")[1].split()[0] == "4"


@pytest.mark.parametrize(("first", "second"), [("a", "a/b/c"), ("a/b/c", "a"), ("a/b", "a/b/c"), ("a", "a")])
def test_names_that_exclude_each_other_lie_apart(place, first, second):
    with PackWriter(place) as pack:
        paths = [pack.add(first, b"1"), pack.add(second, b"2")]

    assert texts(place) == dict(zip(paths, (b"1", b"2"), strict=True))
    assert paths[0].partition("/")[0] != paths[1].partition("/")[0]


def test_names_may_come_again_once_they_are_forgotten(place):
    with PackWriter(place) as pack:
        paths = []
        for number in range(3):
            paths.append(pack.add("src/app.py", b"%d" % number))
            pack.forget_names()

    assert texts(place) == {path: b"%d" % number for number, path in enumerate(paths)}
    git(place, "fsck", "--strict", "--full")


def test_parts_written_at_the_same_time_are_one_repository(place):
    with PackWriter(place, "0") as one, PackWriter(place, "1") as other:
        one.add("a.py", b"1")
        other.add("a.py", b"2")

    assert (texts(place, "0"), texts(place, "1")) == ({"0-0/a.py": b"1"}, {"1-0/a.py": b"2"})


def test_nothing_added_is_a_repository_without_files(place):
    with PackWriter(place):
        pass

    assert texts(place) == {}


def test_number_of_files_on_the_disk_does_not_grow_with_the_contents(place):
    def entries(count):
        with PackWriter(place, str(count)) as pack:
            for number in range(count):
                pack.add(f"part{number // 100}/area{number % 100 // 10}/module{number}.py", b"%d" % number)
        return sum(1 for _ in place.rglob("*"))

    few, many = entries(10), entries(1_000)

    assert many - few == 3


def test_more_than_a_pack_can_hold_is_refused(place, monkeypatch):
    monkeypatch.setattr("clientdesk.adapters.pack_writer._FARTHEST", 1_000)

    with PackWriter(place) as pack:
        pack.add("a", bytes(2_000))

        with pytest.raises(OSError, match="more than a pack may hold"):
            pack.add("b", b"1")
        monkeypatch.undo()
