from __future__ import annotations

import json
import zipfile

import pytest
from fakes.osv_service import advisory

from clientdesk.adapters.advisories.osv_zip import BadZip, Tally, ZipLimits, records


def zipped(folder, entries):
    file = folder / "all.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content if isinstance(content, (str, bytes)) else json.dumps(content))
    return file


def read(file, ecosystem="PyPI", **limits):
    tally = Tally()
    return [record.id for record in records(file, ecosystem, tally, ZipLimits(**limits))], tally


def test_advisories_that_stand_are_read_and_the_others_counted(tmp_path):
    entries = {
        "A-1.json": advisory("a", "1", number="A-1"),
        "A-2.json": advisory("a", "1", number="A-2", withdrawn="2026-01-01T00:00:00Z"),
        "A-3.json": advisory("a", "1.0.0", number="A-3", ecosystem="npm"),
        "README.md": "not an advisory",
    }

    found, tally = read(zipped(tmp_path, entries))

    assert found == ["A-1"]
    assert (tally.advisories, tally.withdrawn, tally.elsewhere, tally.bad) == (1, 1, 1, 0)


def test_bad_entries_are_counted_and_named_and_cost_no_other(tmp_path):
    entries = {
        "broken.json": "{",
        "deep.json": "[" * 100_000,
        "latin.json": b"\xff\xfe",
        "list.json": "[]",
        "\x1b[31m.json": "1",
        "large.json": json.dumps({"id": "A-9", "details": "x" * 5_000}),
        "good.json": advisory("a", "1", number="A-1"),
    }

    found, tally = read(zipped(tmp_path, entries), entry_bytes=4_000)

    assert found == ["A-1"]
    assert tally.bad == 6
    assert len(tally.named) == 5
    assert all(name.isprintable() for name in tally.named)


def test_names_that_climb_out_write_nothing(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    entries = {"../../evil.json": advisory("a", "1", number="A-1"), "/tmp/evil.json": advisory("a", "1", number="A-2")}

    found, _ = read(zipped(inner, entries))

    assert found == ["A-1", "A-2"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["all.zip", "inner"]


def test_a_bomb_is_stopped_at_its_limit_whatever_it_says_of_its_size(tmp_path):
    entries = {f"{number}.json": b" " * 900_000 + b"1" for number in range(20)}

    with pytest.raises(BadZip, match="unpacks to more than"):
        read(zipped(tmp_path, entries), all_bytes=5_000_000)


def test_one_entry_is_never_unpacked_beyond_its_limit(tmp_path):
    found, tally = read(zipped(tmp_path, {"bomb.json": b" " * 50_000_000}))

    assert (found, tally.bad) == ([], 1)
    assert "larger than an advisory can be" in tally.named[0]


def test_too_many_entries_are_refused(tmp_path):
    with pytest.raises(BadZip, match="more than 2 entries"):
        read(zipped(tmp_path, {f"{number}.json": "1" for number in range(3)}), entries=2)


def test_a_damaged_entry_costs_no_other(tmp_path):
    file = zipped(
        tmp_path, {"A-1.json": advisory("a", "1", number="A-1"), "A-2.json": advisory("b", "1", number="A-2")}
    )
    content = bytearray(file.read_bytes())
    content[60:70] = b"\xff" * 10
    file.write_bytes(content)

    found, tally = read(file)

    assert (found, tally.bad) == (["A-2"], 1)


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_zip_is_refused(tmp_path, content):
    (tmp_path / "all.zip").write_bytes(content)

    with pytest.raises(BadZip, match="no zip that can be read"):
        read(tmp_path / "all.zip")
