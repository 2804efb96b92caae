"""`clientdesk audit`: five forms on standard output or in a file, and nothing kept."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from fakes.planted import ADDRESS, EVERY, GITHUB, KEY, PASSWORD, SLACK, STRIPE
from pypdf import PdfReader

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


def test_a_bill_of_materials_runs_no_check(clientdesk, client_code):
    done = clientdesk("audit", client_code.address, "--format", "cyclonedx")

    assert done.returncode == 0, done.stderr
    assert [component["purl"] for component in json.loads(done.stdout)["components"]] == ["pkg:pypi/flask@2.0.0"]
    refused = clientdesk("audit", client_code.address, "--format", "cyclonedx", "--only", "ci")
    assert (refused.returncode, refused.stdout) == (2, "")


PROFILE = """\
[[ignore]]
paths = ["*.py"]
reason = "is rewritten in spring"
"""


def test_fail_on_ends_with_three_where_a_finding_of_that_severity_counts(clientdesk, client_code):
    security = ("audit", client_code.address, "--only", "security")
    (clientdesk.cwd / "booking.toml").write_text(PROFILE, encoding="utf-8")

    found = clientdesk(*security, "--fail-on", "high")
    not_so_bad = clientdesk(*security, "--fail-on", "critical")
    ignored = clientdesk(*security, "--fail-on", "high", "--profile", "booking.toml")

    assert (found.returncode, not_so_bad.returncode, ignored.returncode) == (3, 0, 0)
    assert "1 of severity high or worse" in found.stderr
    assert "ignored: is rewritten in spring" in ignored.stdout


def test_fail_on_says_which_checks_it_knows_nothing_of(clientdesk, client_code):
    clientdesk.settings["CLIENTDESK_OSV_URL"] = "http://127.0.0.1:9"

    done = clientdesk("audit", client_code.address, "--only", "dependencies", "--fail-on", "low")

    assert (done.returncode, "does not know about dependencies: could not run" in done.stderr) == (0, True)


def test_an_audit_compared_with_itself_has_nothing_new(clientdesk, audited):
    audited(*QUICK, "--format", "json", "-o", "march.json")

    report = json.loads(audited(*QUICK, "--format", "json", "--baseline", "march.json"))

    assert (report["changes"]["new"], report["changes"]["fixed"]) == ([], [])
    assert sorted(report["changes"]["remaining"]) == [finding["id"] for finding in report["findings"]]
    assert report["changes"]["not_compared"] == []


def test_a_damaged_baseline_or_profile_is_refused_before_anything_is_cloned(clientdesk, client_code):
    (clientdesk.cwd / "march.json").write_text('{"schema_version": 1}', encoding="utf-8")
    (clientdesk.cwd / "booking.toml").write_text("[[accept]]\nby = 3\n", encoding="utf-8")

    baseline = clientdesk("audit", client_code.address, "--baseline", "march.json")
    profile = clientdesk("audit", client_code.address, "--profile", "booking.toml")
    missing = clientdesk("audit", client_code.address, "--baseline", "april.json")

    assert [done.returncode for done in (baseline, profile, missing)] == [2, 2, 2]
    assert baseline.stderr.startswith("clientdesk: march.json is damaged at ")
    assert "clientdesk: booking.toml, line 2: accept.by: must be the name of whoever accepts it" in profile.stderr
    assert "april.json can't be read: No such file or directory" in missing.stderr
    assert not any("Clone" in done.stderr for done in (baseline, profile, missing))


def test_a_profile_in_the_clients_repository_is_not_obeyed(clientdesk, repository_of):
    accepting = '[[ignore]]\npaths = ["**"]\nreason = "nothing to see here"\n'
    plain = {"app.py": "import subprocess\nsubprocess.call(input(), shell=True)\n"}
    source = repository_of(plain | {".clientdesk.toml": accepting, "clientdesk.toml": accepting})

    done = clientdesk("audit", source.address, "--only", "security", "--format", "json", "--fail-on", "high")

    report = json.loads(done.stdout)
    assert (done.returncode, report["set_aside"], report["configuration"]["profile"]) == (3, [], None)


@pytest.fixture(scope="module")
def one_cache(tmp_path_factory):
    """For several runs: compiling the rules of the search for secrets takes seconds."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("form", ["text", "json", "html", "pdf", "sarif"])
def test_no_output_repeats_a_secret_and_neither_do_errors_or_what_is_kept(
    clientdesk, repository_of, tmp_path, one_cache, form
):
    line = f"requests.get('{ADDRESS}', headers={{'a': '{GITHUB}'}}, verify=False)\n"
    source = repository_of({"old.txt": f"{SLACK}\n{KEY}\n"}, name="planted")
    source.commit({"old.txt": None, "app.py": f"import requests\n{line}password = '{PASSWORD}'\nkey = '{STRIPE}'\n"})
    clientdesk.settings["CLIENTDESK_CACHE"] = str(one_cache)
    only = ("--only", "secrets,secret-files,security")

    done = clientdesk("audit", source.address, *only, "--format", form, "-o", f"out.{form}")

    written = next(tmp_path.rglob(f"out.{form}"))
    said = _text_of(written) + done.stdout + done.stderr
    kept = b"".join(file.read_bytes() for file in one_cache.rglob("results.sqlite*"))
    assert done.returncode == 0
    assert "secret" in said.lower()
    assert kept
    assert not [name for name, secret in EVERY.items() if secret in said or secret.encode() in kept]


def _text_of(file):
    if file.suffix != ".pdf":
        return file.read_text(encoding="utf-8")
    return "".join(page.extract_text() for page in PdfReader(file).pages).replace("\n", "")
