"""`clientdesk audit`: five forms on standard output or in a file, and nothing kept."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from clientdesk.audit.registry import CHECKS

SCHEMA = Path(__file__).parents[3] / "docs/schemas/audit.schema.json"
QUICK = ("--only", "ci,structure,secret-files")


@pytest.fixture
def audited(clientdesk, client_code):
    def run(*arguments, **options):
        done = clientdesk("audit", client_code.address, *arguments, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_json_is_as_the_schema_says_and_holds_every_check(clientdesk, audited, advisories):
    clientdesk.settings["CLIENTDESK_OSV_URL"] = advisories

    report = json.loads(audited("--format", "json"))

    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [check["id"] for check in report["checks"]] == [check.id for check in CHECKS]
    assert {"security", "dependencies", "ci"} <= {finding["check"] for finding in report["findings"]}


def test_sarif_is_of_the_version_that_code_scanning_takes(audited):
    assert json.loads(audited(*QUICK, "--format", "sarif"))["version"] == "2.1.0"


def test_html_is_one_page_that_loads_nothing(audited):
    page = audited(*QUICK, "--format", "html")

    assert page.lstrip().lower().startswith("<!doctype html>")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:|//|file:)""", re.sub(r"<a\b[^>]*>", "", page))
    assert all(target.startswith(("data:", "#")) for target in re.findall(r"url\(\s*[\"']?([^\"')]*)", page))


def test_pdf_goes_to_a_pipe(audited):
    assert audited(*QUICK, "--format", "pdf", text=False).startswith(b"%PDF-")


def test_text_names_only_the_checks_asked_for(audited):
    text = audited("--only", "ci")

    assert "Continuous integration" in text
    assert "Lockfiles" not in text


def test_output_is_written_to_the_file_and_nothing_is_left(clientdesk, audited):
    said = audited(*QUICK, "--format", "json", "-o", "out.json")

    assert said == ""
    assert json.loads((clientdesk.cwd / "out.json").read_text(encoding="utf-8"))["commit"]
    assert list((clientdesk.home / "cache" / "clones").glob("clone-*")) == []
    assert not (clientdesk.home / "clientdesk.db").exists()


def test_checks_are_listed_with_what_they_look_for(clientdesk):
    done = clientdesk("audit", "--checks")

    assert [line.split()[0] for line in done.stdout.splitlines()] == [check.id for check in CHECKS]


def test_pango_that_is_missing_is_said_with_the_commands_that_bring_it(clientdesk, client_code, without_pango):
    clientdesk.settings |= without_pango

    done = clientdesk("audit", client_code.address, *QUICK, "--format", "pdf")

    assert done.returncode == 2
    assert all(tool in done.stderr for tool in ("apt", "dnf", "brew"))
    assert "Traceback" not in done.stderr
