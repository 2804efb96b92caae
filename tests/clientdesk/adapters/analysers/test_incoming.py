from __future__ import annotations

from clientdesk.adapters.analysers.incoming import Incoming, Target, beginning
from clientdesk.adapters.analysers.results_by_path import ResultsByPath
from clientdesk.audit.repository import FileEntry

ONE, TWO, THREE = ("1" * 40, "2" * 40, "3" * 40)


class Kept(list):
    """What was given to be kept, with how much of it at once."""

    def __call__(self, kind, results):
        self.append((kind, dict(results)))


def contents(paths):
    return ((path, path.encode()) for path in paths)


def targets(*pairs):
    return [Target(FileEntry(path, 3, blob), "python") for path, blob in pairs]


def incoming(found, kept=None, alike=(ONE,)):
    return Incoming(found, {beginning(blob) for blob in alike}, dict, kept if kept is not None else Kept())


def test_a_content_is_asked_for_once_whether_its_result_has_come_or_not():
    found = ResultsByPath()
    results = incoming(found)
    jobs = results.jobs(contents, targets(("a", ONE), ("b", TWO), ("c", ONE)))

    asked = [next(jobs), next(jobs)]
    for job in asked:
        results.take(job, {"of": job.blob})
    late = list(results.jobs(contents, targets(("d", ONE))))

    assert (list(jobs), late) == ([], [])
    assert {path: result["of"] for path, result in found.items()} == {"a": ONE, "b": TWO, "c": ONE, "d": ONE}


def test_what_cannot_be_read_is_no_job_and_costs_no_other():
    found = ResultsByPath()
    results = incoming(found)

    def some(paths):
        return ((path, b"") for path in paths if path != "a")

    for job in results.jobs(some, targets(("a", TWO), ("b", THREE))):
        results.take(job, {})

    assert list(found) == ["b"]


def test_results_are_kept_some_at_a_time_and_those_of_the_moment_never():
    kept = Kept()
    results = incoming(ResultsByPath(), kept)
    blobs = [f"{number:040x}" for number in range(20_000)]
    for number, job in enumerate(results.jobs(contents, targets(*((blob, blob) for blob in blobs)))):
        results.take(job, {"passing": True} if number % 2 else {"figures": [number]})

    before_the_end = len(kept)
    results.keep()

    assert (before_the_end, len(kept)) == (2, 3)
    assert sum(len(some) for _, some in kept) == 10_000
    assert {kind for kind, _ in kept} == {"python"}
    assert all("passing" not in result for _, some in kept for result in some.values())
