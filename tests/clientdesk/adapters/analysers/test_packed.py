from __future__ import annotations

from clientdesk.adapters.analysers.packed import Packed


def test_what_was_put_in_comes_out_again_each_time_anew():
    results = Packed()
    results.put("a.py", {"functions": [["f", 1]], "encoding": "utf-8"})
    results.put("b.py", {})

    results["a.py"]["functions"].clear()

    assert results == {"a.py": {"functions": [["f", 1]], "encoding": "utf-8"}, "b.py": {}}
    assert ("a.py" in results, "c.py" in results, len(results)) == (True, False, 2)
