from __future__ import annotations

import pytest

from clientdesk.audit.formats.requirements import FILE_NAME, included, read
from clientdesk.audit.untyped import Malformed


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "dev-requirements.txt", "requirements.in"]
)
def test_requirement_files_are_known_by_name(name):
    assert FILE_NAME.search(name)


@pytest.mark.parametrize("name", ["robots.txt", "requirements.md", "myrequirementstxt"])
def test_other_files_are_not(name):
    assert not FILE_NAME.search(name)


def test_includes_are_paths_in_the_repository():
    assert included("a/requirements.txt", "-r ../b.txt\n-c c.txt\n--requirement=d.txt\n") == {
        "b.txt",
        "a/c.txt",
        "a/d.txt",
    }


def test_an_include_that_is_not_there_is_passed_over():
    files = {"requirements.txt": "-r gone.txt\na==1"}

    assert [p.name for p in read("requirements.txt", files.__getitem__, set())] == ["a"]


def test_an_endless_chain_of_includes_is_refused():
    with pytest.raises(Malformed):
        read("r0.txt", lambda path: f"-r r{int(path[1:-4]) + 1}.txt", set())


def test_lines_that_are_no_requirement_are_passed_over():
    text = "--index-url https://example.com\nhttps://example.com/x.whl\n???\na==1.*\nb===2\n"

    assert [(p.name, p.version) for p in read("r.txt", lambda _: text, set())] == [("a", ""), ("b", "2")]
