from __future__ import annotations

from clientdesk.adapters.advisories.record_cache import RecordCache


def test_a_record_is_kept_until_it_changes(tmp_path):
    cache = RecordCache(tmp_path / "new" / "cache.sqlite")

    cache.keep({"A-1": ("monday", {"id": "A-1"}), "A-2": ("", {"id": "A-2"})})

    assert cache.found({"A-1": "monday", "A-2": ""}) == {"A-1": {"id": "A-1"}}
    assert cache.found({"A-1": "tuesday"}) == {}


def test_a_damaged_cache_costs_nothing_but_time(tmp_path):
    (tmp_path / "cache").write_bytes(b"damaged" * 1000)
    cache = RecordCache(tmp_path / "cache")

    cache.keep({"A-1": ("monday", {})})

    assert cache.found({"A-1": "monday"}) == {}
