"""What the team was told is kept, and when last."""

from datetime import timedelta

from fakes.business import NOW

LATER = NOW + timedelta(days=1)


def test_nothing_was_told_at_first(store):
    assert store.told(["a", "b"]) == {}
    assert store.told([]) == {}


def test_latest_telling_counts(store):
    store.tell(["a", "b", "a"], NOW)
    store.tell(["b"], LATER)
    store.tell(["b"], NOW)

    assert store.told(["a", "b", "c"]) == {"a": NOW, "b": LATER}


def test_a_long_list_is_asked_for_at_once(store):
    keys = [f"run:{number}" for number in range(1_200)]
    store.tell(keys, NOW)

    assert len(store.told(keys)) == len(keys)
