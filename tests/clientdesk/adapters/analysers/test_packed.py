from __future__ import annotations

import pytest

from clientdesk.adapters.analysers.packed import Packed


def test_what_was_put_in_comes_out_again_each_time_anew():
    results = Packed()
    results.put("a.py", {"functions": [["f", 1]], "encoding": "utf-8"})
    results.put("b.py", {})

    results["a.py"]["functions"].clear()

    assert results == {"a.py": {"functions": [["f", 1]], "encoding": "utf-8"}, "b.py": {}}
    assert ("a.py" in results, "c.py" in results, len(results)) == (True, False, 2)


def test_one_takes_from_another():
    one, other = Packed(), Packed()
    other.put("blob", {"figures": [1]})

    one.take("a.py", other, "blob")

    assert one == {"a.py": {"figures": [1]}}
    with pytest.raises(KeyError):
        one.take("a.py", other, "none")
