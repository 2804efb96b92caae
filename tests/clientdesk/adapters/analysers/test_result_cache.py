from __future__ import annotations

import sqlite3
import stat
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from threading import Timer

from clientdesk.adapters.analysers.result_cache import ResultCache


def _keep_many(file, first):
    for number in range(first, first + 50):
        ResultCache(file).keep("basis", {f"blob{number}": {"figures": [number]}})


def test_what_was_kept_is_found_under_the_same_basis_only(tmp_path):
    cache = ResultCache(tmp_path / "new" / "results.sqlite")

    cache.keep("radon 6", {"a": {"figures": [1]}})

    assert cache.found("radon 6", ["a", "b"]) == {"a": {"figures": [1]}}
    assert cache.found("radon 7", ["a"]) == {}


def test_more_blobs_than_one_query_takes_are_all_found(tmp_path):
    cache = ResultCache(tmp_path / "results.sqlite")
    results = {f"blob{number}": {"figures": [number]} for number in range(1200)}

    cache.keep("basis", results)

    assert cache.found("basis", results) == results


def test_nobody_else_can_read_it(tmp_path):
    file = tmp_path / "new" / "results.sqlite"

    ResultCache(file).keep("basis", {"a": {}})

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_damaged_file_costs_time_and_nothing_else(tmp_path):
    file = tmp_path / "results.sqlite"
    file.write_bytes(b"this is no database" * 100)

    ResultCache(file).keep("basis", {"a": {}})

    assert ResultCache(file).found("basis", ["a"]) == {}


def test_damaged_row_is_not_known(tmp_path):
    file = tmp_path / "results.sqlite"
    ResultCache(file).keep("basis", {"a": {}, "b": {"figures": [1]}})
    with sqlite3.connect(file) as rows:
        rows.execute("UPDATE kept SET content = '{' WHERE blob = 'a'")
    rows.close()

    assert ResultCache(file).found("basis", ["a", "b"]) == {"b": {"figures": [1]}}


def test_old_rows_are_forgotten(tmp_path):
    file = tmp_path / "results.sqlite"
    ResultCache(file).keep("basis", {"old": {}})
    with sqlite3.connect(file) as rows:
        rows.execute("UPDATE kept SET stored_on = stored_on - 500")
    rows.close()

    ResultCache(file).keep("basis", {"new": {}})

    assert set(ResultCache(file).found("basis", ["old", "new"])) == {"new"}


def test_processes_that_share_it_lose_nothing(tmp_path):
    file = tmp_path / "results.sqlite"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        list(processes.map(_keep_many, [file, file], [0, 50]))

    assert len(ResultCache(file).found("basis", [f"blob{number}" for number in range(100)])) == 100


def test_what_can_be_kept_soon_is_waited_for(tmp_path):
    file = tmp_path / "results.sqlite"
    cache = ResultCache(file)
    cache.keep("basis", {"first": {}})
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    released = Timer(0.5, other.close)
    released.start()

    cache.keep("basis", {"second": {}})

    released.join()
    assert set(cache.found("basis", ["first", "second"])) == {"first", "second"}


def test_file_that_is_no_cache_is_not_waited_for(tmp_path):
    file = tmp_path / "results.sqlite"
    file.write_bytes(b"no database" * 100)
    began = time.monotonic()

    ResultCache(file).keep("basis", {"blob": {}})

    assert time.monotonic() - began < 10
    assert ResultCache(file).found("basis", ["blob"]) == {}


def test_all_that_is_known_on_a_basis_is_listed(tmp_path):
    cache = ResultCache(tmp_path / "results.sqlite")
    cache.keep("log 1", {"a": {}, "b": {}})
    cache.keep("log 2", {"c": {}})

    assert set(cache.blobs("log 1")) == {"a", "b"}
    assert cache.blobs("log 3") == ()
    (tmp_path / "results.sqlite").write_bytes(b"no database" * 100)
    assert cache.blobs("log 1") == ()
