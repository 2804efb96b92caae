"""The test tree mirrors the source tree."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {"src/clientdesk": "clientdesk", "flows": "flows", "tasks": "tasks"}
# Values and contracts without behaviour of their own; what they promise is tested where it is used.
VALUES_ONLY = {
    "clientdesk/ports/channel.py",
    "clientdesk/ports/checkouts.py",
    "clientdesk/ports/clock.py",
    "clientdesk/ports/documents.py",
    "clientdesk/ports/invitations.py",
    "clientdesk/ports/mail.py",
    "clientdesk/ports/people.py",
    "clientdesk/ports/records.py",
    "clientdesk/ports/secret_register.py",
    "clientdesk/ports/sprints.py",
    "clientdesk/ports/store.py",
    "clientdesk/ports/windows.py",
    "clientdesk/adapters/chart_colours.py",
    "clientdesk/audit/changes.py",
    "clientdesk/audit/check.py",
    "clientdesk/audit/repository.py",
    "clientdesk/audit/scans.py",
    "clientdesk/documents/sprint_facts.py",
    "clientdesk/domain/agency.py",
    "clientdesk/domain/credential.py",
    "clientdesk/domain/answers.py",
    "clientdesk/domain/refusal.py",
    "clientdesk/steps/desk.py",
}
# Their tests are named for what is tested: a part of the store each, and the steps between two shapes of the database.
TESTED_BY_PARTS = {
    "clientdesk/adapters/store.py": "clientdesk/adapters/test_store_*.py",
    "clientdesk/adapters/windows.py": "clientdesk/adapters/test_store_bookings.py",
    "clientdesk/adapters/sprint_store.py": "clientdesk/adapters/test_store_sprints.py",
    "clientdesk/adapters/sprint_tables.py": "clientdesk/adapters/test_store_sprints.py",
    "clientdesk/adapters/store_sprint_items.py": "clientdesk/adapters/test_store_sprints.py",
    "clientdesk/adapters/store_sprint_work.py": "clientdesk/adapters/test_store_sprints.py",
    "clientdesk/adapters/migrations/env.py": "clientdesk/adapters/test_store_schema.py",
}


def _modules():
    for folder, package in SOURCES.items():
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != "__init__.py" and "migrations/versions" not in path.as_posix():
                yield f"{package}/{path.relative_to(ROOT / folder).as_posix()}"


@pytest.mark.parametrize("module", list(_modules()))
def test_every_module_has_its_test(module):
    expected = TESTED_BY_PARTS.get(module, f"{Path(module).parent}/test_{Path(module).name}")

    assert module in VALUES_ONLY or list((ROOT / "tests").glob(expected)), f"write tests/{expected}"


def test_every_test_has_its_module():
    modules = set(_modules())
    tests = [
        path.relative_to(ROOT / "tests")
        for package in SOURCES.values()
        for path in (ROOT / "tests" / package).rglob("test_*.py")
    ]

    orphans = [str(test) for test in tests if str(test.parent / test.name.removeprefix("test_")) not in modules]

    assert orphans == []


def test_init_files_are_empty():
    filled = [str(path) for path in (ROOT / "src").rglob("__init__.py") if path.read_text().strip()]

    assert filled == []
