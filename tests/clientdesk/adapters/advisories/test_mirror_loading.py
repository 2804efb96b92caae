from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime

import pytest
from fakes.osv_service import advisory
from fakes.web_server import answering

from clientdesk.adapters.advisories.mirror import Mirror
from clientdesk.adapters.advisories.mirror_loading import NothingToLoad, load
from clientdesk.domain.refusal import Refusal

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def zipped(file, *given):
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w") as archive:
        for place, each in enumerate(given):
            archive.writestr(f"{place}.json", json.dumps(each))
    return file


def loaded(source, folder, ecosystem=""):
    return {each.state.ecosystem: each.state.advisories for each in load(str(source), folder, MONDAY, ecosystem)}


def test_a_folder_in_osvs_layout_is_loaded_whole(tmp_path):
    zipped(tmp_path / "osv/PyPI/all.zip", advisory("a", "1", number="A-1"), advisory("b", "1", number="A-2"))
    zipped(tmp_path / "osv/npm/all.zip", advisory("c", "1.0.0", ecosystem="npm"))

    assert loaded(tmp_path / "osv", tmp_path / "mirror") == {"PyPI": 2, "npm": 1}
    assert [state.ecosystem for state in Mirror(tmp_path / "mirror").states()] == ["PyPI", "npm"]


def test_one_zip_replaces_its_ecosystem_and_no_other(tmp_path):
    zipped(tmp_path / "osv/PyPI/all.zip", advisory("a", "1"))
    zipped(tmp_path / "osv/npm/all.zip", advisory("c", "1.0.0", ecosystem="npm"))
    loaded(tmp_path / "osv", tmp_path / "mirror")
    newer = zipped(tmp_path / "PyPI/all.zip", advisory("a", "1", number="A-1"), advisory("b", "1", number="A-2"))

    assert loaded(newer, tmp_path / "mirror") == {"PyPI": 2}
    assert loaded(newer.parent, tmp_path / "mirror") == {"PyPI": 2}
    assert {state.ecosystem: state.advisories for state in Mirror(tmp_path / "mirror").states()} == {
        "PyPI": 2,
        "npm": 1,
    }


def test_a_zip_whose_folder_does_not_say_needs_its_ecosystem(tmp_path):
    file = zipped(tmp_path / "downloads/some.zip", advisory("a", "1"))

    with pytest.raises(NothingToLoad, match="--ecosystem"):
        loaded(file, tmp_path / "mirror")
    assert loaded(file, tmp_path / "mirror", "PyPI") == {"PyPI": 1}


def test_a_zip_is_loaded_from_its_address(tmp_path):
    content = zipped(tmp_path / "all.zip", advisory("a", "1")).read_bytes()

    with answering({"/osv/PyPI/all.zip": (200, {}, content)}) as server:
        assert loaded(f"{server.address}/osv/PyPI/all.zip", tmp_path / "mirror") == {"PyPI": 1}
        with pytest.raises(NothingToLoad, match="does not know it"):
            loaded(f"{server.address}/osv/npm/all.zip", tmp_path / "mirror")


@pytest.mark.parametrize("given", [[], [{"id": "A-1"}], [advisory("a", "1.0.0", ecosystem="npm")]])
def test_a_zip_without_advisories_does_not_empty_the_mirror(tmp_path, given):
    loaded(zipped(tmp_path / "PyPI/all.zip", advisory("a", "1")), tmp_path / "mirror")

    with pytest.raises(NothingToLoad, match="no advisory about PyPI"):
        loaded(zipped(tmp_path / "PyPI/all.zip", *given), tmp_path / "mirror")

    assert [state.advisories for state in Mirror(tmp_path / "mirror").states()] == [1]


@pytest.mark.parametrize("source", ["nowhere", "empty", "PyPI/all.zip"])
def test_what_can_not_be_loaded_is_refused_in_a_sentence(tmp_path, source):
    (tmp_path / "empty").mkdir()
    (tmp_path / "PyPI").mkdir()
    (tmp_path / "PyPI/all.zip").write_bytes(b"no zip")

    with pytest.raises(Refusal):
        loaded(tmp_path / source, tmp_path / "mirror")
    assert not (tmp_path / "mirror").exists() or not list((tmp_path / "mirror").iterdir())
