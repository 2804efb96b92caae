from __future__ import annotations

import json

from fakes.repository import RepositoryFromText

from clientdesk.audit.formats.npm import package_json, package_lock
from clientdesk.audit.manifests import packages

FLAT = {
    "lockfileVersion": 3,
    "packages": {
        "": {"dependencies": {"express": "^4"}, "devDependencies": {"jest": "^29"}},
        "node_modules/express": {"version": "4.18.2"},
        "node_modules/qs": {"version": "6.11.0"},
        "node_modules/express/node_modules/qs": {"version": "6.9.0"},
        "node_modules/jest": {"version": "29.7.0", "dev": True},
        "node_modules/own": {"link": True, "resolved": "packages/own"},
        "packages/own": {"version": "1.0.0"},
    },
}


def told(found):
    return [(p.name, p.version, p.direct, p.development) for p in found]


def test_flat_lock_tells_direct_nested_and_development():
    found = package_lock("package-lock.json", json.dumps(FLAT, indent=2), ())

    assert told(found) == [
        ("express", "4.18.2", True, False),
        ("qs", "6.11.0", False, False),
        ("qs", "6.9.0", False, False),
        ("jest", "29.7.0", True, True),
    ]


def test_packages_of_a_lock_have_their_lines():
    text = json.dumps(FLAT, indent=2)
    found = package_lock("package-lock.json", text, ())

    assert all(f"{p.name}" in text.splitlines()[p.line - 1] for p in found)


def test_version_one_is_nested():
    lock = {"dependencies": {"a": {"version": "1.0.0", "dependencies": {"b": {"version": "2.0.0", "dev": True}}}}}
    files = {"package.json": '{"dependencies": {"a": "^1"}}', "package-lock.json": json.dumps(lock)}

    assert told(packages(RepositoryFromText(files))) == [("a", "1.0.0", True, False), ("b", "2.0.0", False, True)]


def test_packages_of_the_same_repository_are_not_declared():
    text = '{"dependencies": {"a": "workspace:*", "b": "file:../b", "c": "1.2.3", "d": "~1.2.3"}}'

    assert [(p.name, p.version) for p in package_json("package.json", text)] == [("c", "1.2.3"), ("d", "")]


def test_a_workspace_below_shares_the_lock_above():
    files = {
        "package.json": '{"workspaces": ["packages/*"], "devDependencies": {"jest": "^29"}}',
        "packages/web/package.json": '{"dependencies": {"express": "^4"}}',
        "package-lock.json": json.dumps(FLAT),
    }

    assert {p.path for p in packages(RepositoryFromText(files))} == {"package-lock.json"}


def test_a_folder_outside_the_workspaces_is_not_locked():
    files = {
        "package.json": '{"workspaces": ["packages/*"]}',
        "tools/package.json": '{"dependencies": {"left-pad": "^1"}}',
        "package-lock.json": json.dumps(FLAT),
    }

    assert "tools/package.json" in {p.path for p in packages(RepositoryFromText(files))}


def test_package_under_another_name_is_itself():
    text = json.dumps(
        {"dependencies": {"es6": "npm:@elastic/elasticsearch@6.8.8", "es7": "npm:@elastic/elasticsearch@^7"}}
    )

    found = package_json("package.json", text)

    assert [(one.name, one.version) for one in found] == [
        ("@elastic/elasticsearch", "6.8.8"),
        ("@elastic/elasticsearch", ""),
    ]
