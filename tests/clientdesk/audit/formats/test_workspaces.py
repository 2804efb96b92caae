from __future__ import annotations

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.formats.workspaces import is_member


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": '{"workspaces": ["packages/*"]}'},
        {"package.json": '{"workspaces": {"packages": ["packages/*"]}}'},
        {"pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n"},
        {"pyproject.toml": "[tool.uv.workspace]\nmembers = ['packages/*']\n"},
    ],
)
def test_members_are_told_by_every_package_manager(files):
    repository = RepositoryFromText(files)

    assert is_member(repository, "", "packages/web/")
    assert not is_member(repository, "", "tools/")


def test_without_a_workspace_nothing_is_a_member():
    assert not is_member(RepositoryFromText({"package.json": "{"}), "", "packages/web/")
