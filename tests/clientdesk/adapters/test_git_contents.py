from __future__ import annotations

import pytest

from clientdesk.adapters.git_contents import old_contents
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed

ADA = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")


@pytest.fixture
def listed(tmp_path):
    def contents(source, commit="", since=""):
        folder = GitFolder(tmp_path)
        folder.prepare()
        if not folder.repository.exists():
            folder.repository.symlink_to(source.path)
        return old_contents(folder, commit or source.head, since, 30)

    return contents


def test_each_content_is_listed_once_where_it_came_in(listed, repository_of):
    source = repository_of({"a.py": "1\n", "copy.py": "1\n"})
    first = source.head
    second = source.commit({"a.py": "2\n", "odd\tname\né.py": "3\n"})
    source.commit({"a.py": "1\n", "copy.py": None})

    found = listed(source)

    assert [(one.path, one.commit) for one in found] == [
        ("a.py", first),
        ("a.py", second),
        ("odd\tname\né.py", second),
    ]


def test_only_what_has_come_since_is_listed(listed, repository_of):
    source = repository_of({"a.py": "1\n"})
    first = source.head
    source.commit({"a.py": "2\n"})

    assert len(listed(source, since=first)) == 1
    assert listed(source, since=source.head) == ()


def test_everything_that_git_can_reach_is_listed_also_what_a_merge_made(listed, repository_of):
    source = repository_of({"a.py": "1\n2\n3\n"})
    source.branch("side")
    left = source.commit({"a.py": "1\n2\nleft\n"})
    right = source.commit({"a.py": "right\n2\n3\n", "new.py": "n\n"}, branch="side")
    blob = source.git("hash-object", "-w", "--stdin", stdin=b"right\nmade by the merge\nleft\n")
    tree = source.git("mktree", stdin=f"100644 blob {blob}\ta.py\n".encode())
    merge = source.git(*ADA, "commit-tree", tree, "-p", left, "-p", right, "-m", "Merge")

    found = listed(source, merge)

    lines = source.git("rev-list", "--objects", "--filter=object:type=blob", "--filter-provided-objects", merge)
    assert {one.blob for one in found} == {line.split()[0] for line in lines.splitlines()}


def test_history_that_is_not_there_is_a_failure(listed, repository_of):
    with pytest.raises(GitFailed):
        listed(repository_of({"a.py": "1\n"}), "0" * 40)
