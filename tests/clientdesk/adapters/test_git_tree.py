"""The list of files, and where it ends."""

import pytest

from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_tree import read_tree
from clientdesk.domain.refusal import Refusal


@pytest.fixture
def tree_of(tmp_path, repository_of):
    def read(content, **limits):
        source = repository_of(content)
        (tmp_path / "ours").mkdir()
        folder = GitFolder(tmp_path / "ours")
        folder.prepare()
        folder.repository.symlink_to(source.path)
        return read_tree(folder, source.head, **({"files": 100, "unfetched_bytes": 9} | limits))

    return read


def test_as_many_files_as_the_limit_are_listed(tree_of):
    assert len(tree_of({f"f{number}": "" for number in range(5)}, files=5)) == 5


def test_one_file_more_than_the_limit_is_refused(tree_of):
    with pytest.raises(Refusal, match="more than 4 files"):
        tree_of({f"f{number}": "" for number in range(5)}, files=4)


def test_paths_are_sorted_as_text_not_as_git_sorts_them(tree_of):
    assert [entry.path for entry in tree_of({"a/b": "", "a.b": "", "a-b": "", "é": ""})] == ["a-b", "a.b", "a/b", "é"]


def test_names_that_only_look_like_git_are_listed(tree_of):
    paths = [".gitignore", ".github/x", "a.git/config", "git/config", "...", "..a"]

    assert {entry.path for entry in tree_of(dict.fromkeys(paths, ""))} == set(paths)
