import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from fakes import samples

from clientdesk.audit.report import numbered
from clientdesk.audit.result import judged
from clientdesk.documents.sarif import audit_as_sarif
from clientdesk.documents.topics import check_title

CHECKS_OF_SECURITY = ("security", "dependencies", "secrets", "secret-files", "ci")
VALIDATOR = os.environ.get("CLIENTDESK_TEST_SARIF", "")  # the folder that .ci/sarif-validator brings


def test_every_result_points_at_its_rule_and_has_a_fingerprint() -> None:
    report = samples.audit(40)

    run = audit_as_sarif(report)["runs"][0]

    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == 40
    for result, each in zip(run["results"], report.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == each.finding.rule
        assert result["partialFingerprints"] == {
            "clientdesk/v1": each.finding.fingerprint,
            "primaryLocationLineHash": f"{each.finding.fingerprint}:1",
        }


def test_security_findings_carry_a_score_that_code_scanning_reads() -> None:
    rules = {rule["id"]: rule for rule in audit_as_sarif(samples.audit())["runs"][0]["tool"]["driver"]["rules"]}

    assert rules["osv.GHSA"]["properties"]["security-severity"] == "9.5"
    assert rules["bandit.B602"]["properties"]["security-severity"] == "8.0"
    assert "security-severity" not in rules["radon.cc"]["properties"]


def test_a_check_that_could_not_run_makes_the_run_unsuccessful_and_gaps_are_told() -> None:
    invocation = audit_as_sarif(samples.audit())["runs"][0]["invocations"][0]

    assert invocation["executionSuccessful"] is False
    assert {note["level"] for note in invocation["toolExecutionNotifications"]} == {"error", "warning"}
    assert audit_as_sarif(samples.clean_audit())["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_places_are_addresses_even_for_odd_file_names() -> None:
    odd = replace(samples.finding(0), path="src/a b#1?/ü.py", line=3)
    results = (judged("security", (odd,), "one"),)
    report = replace(samples.audit(0), results=results, findings=numbered(results))

    place = audit_as_sarif(report)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]

    assert place["artifactLocation"]["uri"] == "src/a%20b%231%3F/%C3%BC.py"
    assert place["region"]["startLine"] == 3


def test_a_local_folder_is_not_given_away() -> None:
    report = replace(samples.audit(), repository="../shop")

    assert audit_as_sarif(report)["runs"][0]["versionControlProvenance"] == []


def test_what_is_set_aside_is_suppressed_with_its_reason_and_says_so_of_all() -> None:
    report = samples.second_audit()

    results = audit_as_sarif(report)["runs"][0]["results"]

    assert len(results) == len(report.findings) + 1
    assert all("suppressions" in result for result in results)
    assert [result["suppressions"] for result in results if result["suppressions"]] == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "accepted: on the build machine only (Ada Engineer, until 2026-12-31)",
            }
        ]
    ]


def test_each_result_says_how_it_stands_to_the_baseline_and_what_is_gone_is_a_note() -> None:
    run = audit_as_sarif(samples.second_audit())["runs"][0]

    assert {result["baselineState"] for result in run["results"]} == {"new", "unchanged"}
    notes = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert sum(note.startswith("Fixed or gone since the baseline: ") for note in notes) == 3
    assert "Not compared: It was not part of the earlier audit." in notes


def test_without_a_baseline_no_result_claims_a_state() -> None:
    assert not any("baselineState" in result for result in audit_as_sarif(samples.audit())["runs"][0]["results"])


def test_what_the_standard_wants_once_stands_once() -> None:
    """`uniqueItems` of the standard's schema, for all that we write of it."""
    report = samples.audit(40)
    named = [
        replace(each.finding, check=check) for each, check in zip(report.findings, CHECKS_OF_SECURITY, strict=False)
    ]
    results = tuple(judged(finding.check, (finding,), "one") for finding in named)

    run = audit_as_sarif(replace(report, results=results, findings=numbered(results)))["runs"][0]

    rules = run["tool"]["driver"]["rules"]
    assert all(len(rule["properties"]["tags"]) == len(set(rule["properties"]["tags"])) for rule in rules)
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len({json.dumps(one, sort_keys=True) for one in run["results"]}) == len(run["results"])


def test_title_of_one_finding_never_heads_another() -> None:
    """Code scanning heads each alert by its rule's short description."""
    report = samples.audit(2)
    one, other = (each.finding for each in report.findings)
    titles = (replace(one, title="register has 23 paths"), replace(one, title="load has 30 paths"), other)

    rules = audit_as_sarif(replace(report, findings=numbered((judged("complexity", titles, "three"),))))["runs"][0]
    described = {rule["id"]: rule["shortDescription"]["text"] for rule in rules["tool"]["driver"]["rules"]}

    assert described == {one.rule: check_title(one.check), other.rule: other.title}


REPORTS = (samples.audit(40), samples.second_audit(), samples.clean_audit())
needs_the_validator = pytest.mark.skipif(not VALIDATOR, reason="CLIENTDESK_TEST_SARIF names no folder of the validator")


@needs_the_validator
@pytest.mark.parametrize("report", REPORTS)
def test_log_is_valid_by_the_schema_of_the_standard(report) -> None:
    schema = json.loads(Path(VALIDATOR, "sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)

    faults = [fault.message for fault in validator(schema).iter_errors(audit_as_sarif(report))]

    assert faults == []


def validated(log: object, folder: Path) -> list[tuple[str, str]]:
    """Rule and level of all that the standard's own validator says of the log, code scanning's demands included."""
    (folder / "log.sarif").write_text(json.dumps(log), encoding="utf-8")
    words = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--output", "said.sarif", "log.sarif"]
    subprocess.run(
        [Path(VALIDATOR, "Sarif.Multitool"), "validate", *words],
        cwd=folder,
        env={"HOME": str(folder), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        check=False,  # it ends with 1 where it says anything
    )
    said = json.loads((folder / "said.sarif").read_text(encoding="utf-8-sig"))["runs"][0]
    assert said["invocations"][0]["executionSuccessful"]
    return [(each["ruleId"], each.get("level", "warning")) for each in said.get("results", ())]


@needs_the_validator
@pytest.mark.parametrize("report", REPORTS)
def test_validator_of_the_standard_and_of_code_scanning_has_nothing_to_say(report, tmp_path) -> None:
    no_home_page = ("SARIF2005", "warning")

    assert set(validated(audit_as_sarif(report), tmp_path)) <= {no_home_page}


@needs_the_validator
def test_validator_would_say_what_is_wrong(tmp_path) -> None:
    log = audit_as_sarif(samples.audit(2))
    log["runs"][0]["results"][0]["ruleIndex"] = 99

    assert "error" in {level for _, level in validated(log, tmp_path)}
