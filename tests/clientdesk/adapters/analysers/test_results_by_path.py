from __future__ import annotations

import tracemalloc

import pytest

from clientdesk.adapters.analysers.results_by_path import ResultsByPath


def filled(number):
    results = ResultsByPath()
    for one in range(number):
        results.put(f"module{one}.py", {"functions": [[f"total_{one}", "function", 4, 5, 3]], "figures": [5, 3, 0, 2]})
    return results


def test_what_was_put_in_comes_out_again_each_time_anew():
    results = filled(1_000)

    results["module7.py"]["functions"].clear()

    assert [result["functions"][0][0] for result in results.values()] == [f"total_{one}" for one in range(1_000)]


def test_results_stand_in_the_order_announced_not_in_that_of_their_coming():
    results = ResultsByPath()
    for path in ("a", "b", "c"):
        results.announce(path)

    results.put("c", {"of": "c"})
    results.put("a", {"of": "a"})

    assert (list(results), results.awaited) == (["a", "b", "c"], ["b"])
    with pytest.raises(KeyError):
        results["b"]


def test_a_result_with_line_ends_and_a_large_one_stay_whole():
    large = {"text": "a\nb\r\n\x0b" * 100_000}
    results = ResultsByPath()
    for path in ("a", "b", "c"):
        results.put(path, large)

    assert all(result == large for result in results.values())


def test_what_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        filled(3)["other.py"]


def test_a_result_takes_little_more_room_than_its_path():
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    results = filled(10_000)
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert held / len(results) < 250
