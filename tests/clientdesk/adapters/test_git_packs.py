from __future__ import annotations

import random

import pytest

from clientdesk.adapters.analysers.deltas import changed
from clientdesk.adapters.git_packs import Pack, Unreadable, indexes_of


@pytest.fixture
def versions():
    words = random.Random(1)
    lines = [f"line {words.random()}\n" for _ in range(400)]
    texts = []
    for number in range(12):
        lines[words.randrange(400)] = f"changed {number}\n"
        texts.append("".join(lines))
    return texts


@pytest.fixture
def packed(repository_of, versions):
    source = repository_of({"a.txt": versions[0]})
    for text in versions[1:]:
        source.commit({"a.txt": text})
    source.git("repack", "-adfq")
    return source


def texts_in(pack, wanted):
    """Of all that is wanted, by its id, put together from its changes."""

    def text(place):
        stored = pack.stored(place)
        found = pack.bytes_of(stored)
        return found if stored.base is None else changed(found, text(stored.base))[0]

    return {name: text(place) for name, place in pack.places(wanted)}


def ids(source, count):
    return {bytes.fromhex(source.git("rev-parse", f"HEAD~{back}:a.txt")) for back in range(count)}


@pytest.mark.parametrize("settings", [(), ("-c", "repack.useDeltaBaseOffset=false")])
def test_contents_are_put_together_as_git_does(packed, versions, settings):
    packed.git(*settings, "repack", "-adfq")
    [index] = indexes_of(packed.path / "objects")
    pack = Pack(index)

    texts = texts_in(pack, ids(packed, 12))

    assert sorted(texts.values()) == sorted(text.encode() for text in versions)
    bases = [pack.stored(place).base for _, place in pack.places(texts)]
    assert bases.count(None) < len(bases) / 2


def test_lent_packs_are_found(packed, tmp_path):
    borrower = tmp_path / "objects"
    (borrower / "info").mkdir(parents=True)
    (borrower / "info" / "alternates").write_text(f"# lent\n{packed.path / 'objects'}\n")

    assert indexes_of(borrower) == indexes_of(packed.path / "objects")


def test_lenders_in_a_circle_are_read_once(packed):
    objects = packed.path / "objects"
    (objects / "info" / "alternates").write_text(f"{objects}\n")

    assert len(indexes_of(objects)) == 1


def test_damaged_pack_is_unreadable(packed):
    [index] = indexes_of(packed.path / "objects")
    wanted = ids(packed, 12)
    file = index.with_suffix(".pack")
    file.chmod(0o600)
    data = file.read_bytes()
    file.write_bytes(data[:200] + bytes(len(data) - 200))
    pack = Pack(index)

    with pytest.raises(Unreadable):
        texts_in(pack, wanted)


@pytest.mark.parametrize("damage", [lambda data: b"PACK" + data[4:], lambda data: data[:1_100]])
def test_index_that_is_none_is_unreadable(packed, damage):
    [index] = indexes_of(packed.path / "objects")
    index.chmod(0o600)
    index.write_bytes(damage(index.read_bytes()))

    with pytest.raises(Unreadable):
        Pack(index)
