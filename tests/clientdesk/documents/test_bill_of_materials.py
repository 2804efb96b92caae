"""Judged by the schema of CycloneDX 1.6 that comes with its library."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from jsonschema import Draft7Validator
from rfc3986_validator import validate_rfc3986

from clientdesk.audit.manifests import Inventory
from clientdesk.audit.repository import Package, UnreadFile
from clientdesk.documents.bill_of_materials import bill_of_materials

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
COMMIT = "c0ffee" + "0" * 34
PACKAGES = (
    Package("PyPI", "flask", "3.0", "requirements.txt", 1, direct=True),
    Package("PyPI", "flask", "3.0", "b/requirements.txt", 4, direct=None),
    Package("npm", "@babel/core", "7.0.0", "package-lock.json", 9, direct=False, development=True),
    Package("RubyGems", "rails", "8.0.1", "Gemfile.lock", 0, direct=True, development=False),
    Package("Packagist", "symfony/http", "6.0.0", "composer.lock", 3),
    Package("Go", "github.com/gin-gonic/gin", "1.9.0", "go.mod", 3, direct=True),
    Package("npm", "left-pad", "", "package.json", 0, direct=True),
)


@Draft7Validator.FORMAT_CHECKER.checks("iri-reference")
def is_reference(value: object) -> bool:
    """More than the schema asks: letters of ASCII alone, as readers expect that know addresses and no IRIs.

    jsonschema's own check of IRIs would cost every process of the tests a second: Prefect loads it.
    """
    return not isinstance(value, str) or bool(validate_rfc3986(value, rule="URI_reference"))


def bill(*packages, unread=(), address="https://example.com/client/app.git"):
    content = bill_of_materials(address, COMMIT, Inventory(packages, (), (), tuple(unread)), MONDAY)
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(content.decode())
    assert error is None, error.data.message
    return json.loads(content)


def by_name(found):
    return {component["name"]: component for component in found["components"]}


def test_it_is_valid_and_the_same_twice():
    found = bill(*PACKAGES)

    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    made = {bill_of_materials("a", COMMIT, Inventory(PACKAGES, (), ()), MONDAY) for _ in range(20)}
    assert len(made) == 1
    assert found["metadata"]["component"]["version"] == COMMIT


def test_every_package_is_one_component_with_its_address():
    assert sorted(component["purl"] for component in bill(*PACKAGES)["components"]) == [
        "pkg:composer/symfony/http@6.0.0",
        "pkg:gem/rails@8.0.1",
        "pkg:golang/github.com/gin-gonic/gin@v1.9.0",
        "pkg:npm/%40babel/core@7.0.0",
        "pkg:npm/left-pad",
        "pkg:pypi/flask@3.0",
    ]


def test_a_component_says_where_it_is_named_and_whether_it_is_shipped():
    found = by_name(bill(*PACKAGES))

    assert {(place["location"], place["line"]) for place in found["flask"]["evidence"]["occurrences"]} == {
        ("requirements.txt", 1),
        ("b/requirements.txt", 4),
    }
    assert (found["flask"]["scope"], found["core"]["scope"]) == ("required", "excluded")
    assert found["core"]["group"] == "@babel"


def test_the_root_depends_on_what_is_direct():
    found = bill(*PACKAGES)

    (root,) = [each for each in found["dependencies"] if each["ref"].startswith("commit:")]
    assert sorted(root["dependsOn"]) == [
        "Go:github.com/gin-gonic/gin@1.9.0",
        "PyPI:flask@3.0",
        "RubyGems:rails@8.0.1",
        "npm:left-pad@",
    ]


def test_what_is_missing_is_said_in_the_bill():
    found = bill(*PACKAGES, unread=[UnreadFile("uv.lock", "not valid TOML")])

    assert {each["name"]: each["value"] for each in found["metadata"]["properties"]} == {
        "clientdesk:unread": "uv.lock: not valid TOML",
        "clientdesk:without_exact_version": "1",
    }


@pytest.mark.parametrize("name", ["\ud800", "a\nb", "../../x", "<script>", "x" * 10_000, "/", "@/", "ü", "\x00"])
@pytest.mark.parametrize("ecosystem", ["PyPI", "npm", "Go", "Packagist", "Elsewhere"])
def test_hostile_names_stay_valid(ecosystem, name):
    assert len(bill(Package(ecosystem, name, "1.0\x1b", f"{name}/p", 1, direct=True))["components"]) == 1


def test_no_packages_are_a_valid_bill_and_a_local_folder_is_not_given_away():
    found = bill(address="/srv/clients/secret-folder/app")

    assert "secret-folder" not in json.dumps(found)
    assert found["metadata"]["component"]["name"] == "app"
