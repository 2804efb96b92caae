from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime

import pytest
from fakes.osv_service import advisory

from clientdesk.adapters.advisories.mirror_file import BadMirror, mirror_state, weaknesses, write_mirror
from clientdesk.adapters.advisories.osv_record import osv_record
from clientdesk.audit.affected import Affected, Span
from clientdesk.audit.result import Severity

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def record(name="flask", number="A-1", **more):
    return osv_record(advisory(name, "1.0", number=number, **more))


def test_what_was_written_is_read_again(tmp_path):
    file = tmp_path / "new folder" / "PyPI.sqlite"
    rated = record(database_specific={"severity": "HIGH"})

    state = write_mirror(file, "PyPI", [rated, record("click", "A-2")], MONDAY)

    assert (state.ecosystem, state.advisories, state.newest, state.loaded_at) == ("PyPI", 2, date(2026, 1, 6), MONDAY)
    assert state == mirror_state(file)
    found = weaknesses(file, ["flask", "nothing"])
    assert found["nothing"] == ()
    (known,) = found["flask"]
    assert (known.id, known.severity, known.affected) == ("A-1", Severity.HIGH, (Affected((Span("0", fixed="1.0"),)),))


def test_of_listed_versions_only_those_in_no_span_are_kept(tmp_path):
    given = advisory("flask", "1.0")
    given["affected"][0]["versions"] = ["0.1", "0.9", "2.0", "no version"]

    write_mirror(tmp_path / "m", "PyPI", [osv_record(given)], MONDAY)

    assert weaknesses(tmp_path / "m", ["flask"])["flask"][0].affected[0].versions == ("2.0",)


def test_a_loading_that_fails_leaves_what_was_there(tmp_path):
    file = tmp_path / "m"
    write_mirror(file, "PyPI", [record()], MONDAY)

    def failing():
        yield record("click", "A-2")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_mirror(file, "PyPI", failing(), MONDAY)

    assert mirror_state(file).advisories == 1
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_readers_see_the_old_file_or_the_new_one_while_it_is_replaced(tmp_path):
    file = tmp_path / "m"
    write_mirror(file, "PyPI", [record()], MONDAY)
    seen, stop = set(), threading.Event()

    def reading():
        while not stop.is_set():
            seen.add(len(weaknesses(file, ["flask"])["flask"]))

    readers = [threading.Thread(target=reading) for _ in range(3)]
    for reader in readers:
        reader.start()
    for count in (5, 1, 5, 1, 5):
        write_mirror(file, "PyPI", [record(number=f"A-{number}") for number in range(count)], MONDAY)
    stop.set()
    for reader in readers:
        reader.join()

    assert seen <= {1, 5}
    assert seen


@pytest.mark.parametrize("content", [b"", b"no database", json.dumps({}).encode()])
def test_a_file_that_is_no_mirror_says_so(tmp_path, content):
    (tmp_path / "m").write_bytes(content)

    with pytest.raises(BadMirror, match="load it again"):
        mirror_state(tmp_path / "m")
