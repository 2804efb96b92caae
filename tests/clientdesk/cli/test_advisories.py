"""`clientdesk advisories`: loading a copy, showing what is loaded, and saying what is wrong."""

import json
import zipfile

import pytest
from fakes.osv_service import advisory

NOBODY = "http://127.0.0.1:9/v1/query"


@pytest.fixture
def copy(tmp_path):
    file = tmp_path / "osv/PyPI/all.zip"
    file.parent.mkdir(parents=True)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("A-1.json", json.dumps(advisory("flask", "2.3.2", database_specific={"severity": "HIGH"})))
        archive.writestr("broken.json", "{")
    return file.parent.parent


def test_an_audit_without_the_network_uses_the_copy_and_says_how_old_it_is(clientdesk, client_code, copy):
    clientdesk.settings["CLIENTDESK_OSV_URL"] = NOBODY

    loading = clientdesk("advisories", "load", str(copy))
    shown = clientdesk("advisories", "show")
    done = clientdesk("audit", client_code.address, "--only", "dependencies", "--format", "json")

    assert (loading.returncode, shown.returncode, done.returncode) == (0, 0, 0), loading.stderr + done.stderr
    assert "1 advisories" in loading.stdout
    assert "broken.json" in loading.stderr
    assert "newest of 2026-01-06" in shown.stdout
    report = json.loads(done.stdout)
    assert [finding["title"] for finding in report["findings"]] == ["flask 2.0.0 has 1 known vulnerability"]
    assert "a local copy of OSV's data" in report["checks"][0]["reason"]


def test_without_service_and_copy_nothing_is_clean(clientdesk, client_code):
    clientdesk.settings["CLIENTDESK_OSV_URL"] = NOBODY

    done = clientdesk("audit", client_code.address, "--only", "dependencies", "--format", "json")

    (check,) = json.loads(done.stdout)["checks"]
    assert check["outcome"] == "could not run"
    assert "clientdesk advisories load" in check["reason"]


@pytest.mark.parametrize("source", ["nowhere", "http://127.0.0.1:9/npm/all.zip"])
def test_what_can_not_be_loaded_is_status_2_and_one_line(clientdesk, source):
    done = clientdesk("advisories", "load", source)

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_nothing_loaded_says_how_to_load(clientdesk):
    assert "clientdesk advisories load" in clientdesk("advisories", "show").stdout
