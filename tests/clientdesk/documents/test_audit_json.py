import json
from pathlib import Path

import pytest
from fakes import samples
from jsonschema import Draft202012Validator

from clientdesk.documents.audit_json import audit_as_json

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/schemas/audit.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("report", [samples.audit(), samples.audit(400), samples.clean_audit()], ids=["9", "400", "0"])
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
