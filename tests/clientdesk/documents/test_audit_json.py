import json
from pathlib import Path

import pytest
from fakes import samples
from jsonschema import Draft202012Validator

from clientdesk.documents.audit_json import audit_as_json

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/schemas/audit.schema.json").read_text(encoding="utf-8"))


REPORTS = {
    "nine findings": samples.audit(),
    "many findings": samples.audit(400),
    "none": samples.clean_audit(),
    "compared, with a profile": samples.second_audit(),
}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_what_is_written_keeps_to_the_published_schema(report) -> None:
    Draft202012Validator.check_schema(SCHEMA)

    written = json.loads(json.dumps(audit_as_json(report)))

    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(written)


def test_the_schema_lets_no_unknown_outcome_pass() -> None:
    written = audit_as_json(samples.audit())
    written["checks"][0]["outcome"] = "fine"

    assert not Draft202012Validator(SCHEMA).is_valid(written)


def test_a_check_that_could_not_run_keeps_its_reason_and_its_gap() -> None:
    written = audit_as_json(samples.audit())

    secrets = next(check for check in written["checks"] if check["id"] == "secrets")
    assert (secrets["outcome"], secrets["reason"][:11]) == ("could not run", "The history")
    assert {"check": "secrets", "text": secrets["reason"]} in written["gaps"]


def test_figures_stand_under_their_dotted_names() -> None:
    assert audit_as_json(samples.audit())["metrics"]["complexity.functions"] == 1482


def test_what_a_comparison_needs_is_there() -> None:
    written = audit_as_json(samples.second_audit())

    assert written["configuration"]["clientdesk"] == "1.0"
    assert all(len(check["configuration"]) == 16 for check in written["checks"])
    assert len({check["configuration"] for check in written["checks"]}) == len(written["checks"])


def test_findings_set_aside_are_apart_and_say_why() -> None:
    written = audit_as_json(samples.second_audit())

    (aside,) = written["set_aside"]
    assert aside["id"] not in {finding["id"] for finding in written["findings"]}
    assert (aside["standing"], aside["because"], aside["by"], aside["until"]) == (
        "accepted",
        "on the build machine only",
        "Ada Engineer",
        "2026-12-31",
    )
    assert written["configuration"]["profile"]["expired"][0]["until"] == "2026-01-31"


def test_changes_name_findings_by_number() -> None:
    written = audit_as_json(samples.second_audit())

    ids = {finding["id"] for finding in (*written["findings"], *written["set_aside"])}
    assert set(written["changes"]["new"]) | set(written["changes"]["remaining"]) == ids
    assert len(written["changes"]["fixed"]) == 3
