from __future__ import annotations

import os

import pytest
from fakes.git_source import Link
from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers.clean_folder import clean_folder

HOSTILE = [
    "-rf.yml",
    "a\nb.py",
    "../../escape.py",
    "..",
    ".git/config",
    "sub/.git/hooks/x",
    ".gitignore",
    ".hadolint.yaml",
    "pages/[id].tsx",
    "a" * 300 + ".rb",
    "caf\u00e9.py",
    "x/../../y",
    "/etc/passwd.txt",
    "$(touch x).sh",
]


def test_ordinary_paths_keep_their_names():
    files = {"src/app.py": "1", ".github/workflows/test.yml": "2", "a b.txt": "3", ".env": "4"}

    with clean_folder(RepositoryFromText(files), sorted(files)) as folder:
        written = {name: (folder.path / name).read_text() for name in folder.paths}

    assert written == files
    assert not folder.path.exists()


@pytest.mark.parametrize("path", HOSTILE)
def test_odd_path_gets_a_plain_name_inside_the_folder(path):
    with clean_folder(RepositoryFromText({path: "content"}), [path]) as folder:
        ((name, original),) = folder.paths.items()

        assert original == path
        assert name.startswith("odd-names/odd-")
        assert (folder.path / name).resolve().is_relative_to(folder.path.resolve())
        assert folder.original(f"./{name}") == path


def test_oddly_named_workflow_stays_a_workflow():
    path = ".github/workflows/-o x\n.yml"

    with clean_folder(RepositoryFromText({path: "on: push"}), [path]) as folder:
        assert folder.original(".github/workflows/odd-0.yml") == path


def test_links_are_not_written_and_foreign_names_not_known():
    with clean_folder(RepositoryFromText({"a.py": Link("/etc/passwd"), "b.py": "1"}), ["a.py", "b.py"]) as folder:
        assert [entry.name for entry in os.scandir(folder.path)] == ["b.py"]
        assert folder.original("/etc/passwd") is None


def test_clients_names_like_ours_take_nothing_away():
    files = {"odd-names/odd-0": "theirs", "..": "odd", "odd-names/odd-1": "theirs too"}

    with clean_folder(RepositoryFromText(files), list(files)) as folder:
        assert {path: (folder.path / name).read_text() for name, path in folder.paths.items()} == files
