from __future__ import annotations

from pathlib import Path

import bandit
import click
import jinja2
import pytest
from fakes.git_source import Link
from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers import blob_pass, python_files
from clientdesk.adapters.analysers.blob_pass import BlobPass, Bulk
from clientdesk.adapters.analysers.incoming import Target
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.result_cache import ResultCache

TEXT = "def f(): pass\n"


class Counting(RepositoryFromText):
    """Remembers which contents were asked for."""

    def blob_bytes(self, paths):
        return super().blob_bytes(self._noted(paths))

    def _noted(self, paths):
        for path in paths:
            self.asked = [*getattr(self, "asked", []), path]
            yield path


def targets(repository):
    return lambda: (Target(entry, "python") for entry in repository.files)


def a_pass(cache=None, basis="1", **limits):
    return BlobPass("python_pass", basis, Limits(**limits), cache)


def test_repository_in_memory_gives_files_in_bulk():
    assert isinstance(RepositoryFromText({}), Bulk)


def test_same_content_is_analysed_once_and_reported_for_every_path():
    repository = Counting({"a.py": TEXT, "b/a.py": TEXT})

    found = a_pass().results(repository, targets(repository))

    assert len(repository.asked) == 1
    assert found["a.py"] == found["b/a.py"]


def test_second_time_nothing_is_read(tmp_path):
    cache = ResultCache(tmp_path / "results.sqlite")
    first, second = Counting({"a.py": TEXT}), Counting({"moved.py": TEXT})

    fresh = a_pass(cache).results(first, targets(first))
    known = a_pass(cache).results(second, targets(second))

    assert not hasattr(second, "asked")
    assert [list(row) for row in fresh["a.py"]["functions"]] == known["moved.py"]["functions"]


def test_another_basis_is_analysed_anew(tmp_path):
    cache = ResultCache(tmp_path / "results.sqlite")
    repository = Counting({"a.py": TEXT})

    a_pass(cache).results(repository, targets(repository))
    a_pass(cache, basis="2").results(repository, targets(repository))

    assert repository.asked == ["a.py", "a.py"]


def test_what_failed_by_circumstance_is_tried_again(tmp_path):
    cache = ResultCache(tmp_path / "results.sqlite")
    repository = Counting({"a.py": TEXT})

    late = a_pass(cache, total_seconds=-1).results(repository, targets(repository))
    again = a_pass(cache).results(repository, targets(repository))

    assert "used up" in late["a.py"]["unread"]
    assert "unread" not in again["a.py"]


def test_large_and_missing_files_are_unread_with_the_reason():
    repository = Counting({"large.py": "x" * 1001, "link.py": Link("large.py")})

    found = a_pass(file_bytes=1000).results(repository, targets(repository))

    assert found["large.py"] == {"unread": "larger than 0.001 MB"}
    assert "could not be read" in found["link.py"]["unread"]


@pytest.fixture(scope="module")
def library():
    """Two real libraries, with what they got wrong: some hundred files, half a megabyte."""
    folders = [Path(one.__file__).parent for one in (click, jinja2, bandit)]
    files = {str(path.relative_to(folder.parent)): path for folder in folders for path in folder.rglob("*.py")}
    return RepositoryFromText({name: path.read_bytes() for name, path in files.items()})


def reports(repository, cache):
    found = python_files.results(repository, Limits(), cache)
    return python_files.complexity(found), python_files.security(repository, found)


def test_findings_are_the_same_with_one_worker_with_several_and_from_the_cache(library, tmp_path, monkeypatch):
    expected = reports(library, None)

    for workers in (1, 2, 3):
        monkeypatch.setattr(blob_pass, "workers_for", lambda _size, count=workers: count)
        assert reports(library, None) == expected
    cache = ResultCache(tmp_path / "results.sqlite")
    assert [reports(library, cache), reports(library, cache)] == [expected, expected]
    assert len(expected[0].functions) > 1000
    assert len(expected[1].issues) > 10


def test_findings_are_the_same_when_only_what_changed_is_analysed(library, tmp_path):
    cache = ResultCache(tmp_path / "results.sqlite")
    half = [entry.path for entry in library.files][::2]
    before = RepositoryFromText({path: dict(library.blob_bytes([path]))[path] for path in half})
    reports(before, cache)

    assert reports(library, cache) == reports(library, None)
