"""Folders of the living are kept, those of the dead are swept."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from clientdesk.adapters.clone_folders import CloneFolders
from clientdesk.domain.refusal import Refusal

OWNER = """
import os, sys
from pathlib import Path
from clientdesk.adapters.clone_folders import CloneFolders
folders = CloneFolders(Path(sys.argv[1]))
(folders.create() / "secret.py").write_text("x")
print("made", flush=True)
sys.stdin.read()
os._exit(0) if sys.argv[2] == "killed" else sys.exit(0)
"""


def owner_of(root, end):
    """Another process that makes a folder and holds it until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(root), end], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "made\n"
    return process


def finish(process):
    process.communicate("")


def clones_in(root):
    return sorted(path.name for path in root.iterdir() if path.is_dir())


def test_removed_folder_leaves_nothing(tmp_path):
    folders = CloneFolders(tmp_path / "clones")
    folder = folders.create()
    (folder / "a").write_text("x")

    folders.remove(folder)
    folders.remove(folder)

    assert not folders.holds(folder)
    assert [path.name for path in (tmp_path / "clones").iterdir()] == [".lock"]


def test_folder_of_a_living_process_is_kept_and_swept_once_it_was_killed(tmp_path):
    owner = owner_of(tmp_path, "killed")
    CloneFolders(tmp_path)
    kept = clones_in(tmp_path)

    finish(owner)
    left = clones_in(tmp_path)
    again = CloneFolders(tmp_path)

    assert len(kept) == 1
    assert left == kept
    assert [again.sweep(), again.sweep()] == [1, 0]
    assert clones_in(tmp_path) == []


def test_process_that_ends_as_it_should_takes_its_folders_along(tmp_path):
    finish(owner_of(tmp_path, "ended"))

    assert clones_in(tmp_path) == []


def test_second_set_of_folders_in_one_process_sweeps_nothing_of_the_first(tmp_path):
    first = CloneFolders(tmp_path)
    folder = first.create()

    CloneFolders(tmp_path)

    assert first.holds(folder)


def test_nothing_outside_the_root_is_ever_removed_or_held(tmp_path):
    folders = CloneFolders(tmp_path / "clones")
    outside = tmp_path / "clone-of-somebody"
    outside.mkdir()

    folders.remove(outside)
    folders.remove(tmp_path / "clones" / ".." / "clone-of-somebody")

    assert outside.is_dir()
    assert not folders.holds(outside)
    assert not folders.holds(tmp_path / "clones" / ".." / "clone-of-somebody")


def test_folders_made_at_once_are_different(tmp_path):
    folders, made = CloneFolders(tmp_path), []
    threads = [threading.Thread(target=lambda: made.append(folders.create())) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 12


def test_clones_are_readable_by_their_owner_only(tmp_path):
    folder = CloneFolders(tmp_path / "clones").create()

    assert folder.stat().st_mode & 0o077 == 0
    assert folder.parent.stat().st_mode & 0o077 == 0


def test_place_where_no_folder_can_be_made_is_refused_by_name(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Refusal, match="no folder for clones can be made"):
        CloneFolders(Path(tmp_path / "file" / "clones"))
