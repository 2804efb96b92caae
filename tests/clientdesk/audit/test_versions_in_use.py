from __future__ import annotations

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.repository import Package
from clientdesk.audit.versions_in_use import versions_in_use


def told(files, packages=()):
    found = versions_in_use(RepositoryFromText(files), packages)
    return [(claim.product, claim.version, claim.line, claim.is_minimum) for claim in found]


@pytest.mark.parametrize(
    ("path", "text", "claim"),
    [
        (".python-version", "3.11.4\n", ("python", "3.11.4", 1, False)),
        (".nvmrc", "v20.1.0", ("node", "20.1.0", 1, False)),
        (".tool-versions", "# x\nruby 3.2.1\n", ("ruby", "3.2.1", 2, False)),
        ("runtime.txt", "python-3.9.1\n", ("python", "3.9.1", 1, False)),
        ("Gemfile", 'source "x"\nruby "3.1.2"\n', ("ruby", "3.1.2", 2, False)),
        ("Gemfile.lock", "GEM\n\nRUBY VERSION\n   ruby 3.2.1p31\n", ("ruby", "3.2.1", 4, False)),
        ("package.json", '{\n "engines": {"node": ">=18"}\n}', ("node", "18", 2, True)),
        ("package.json", '{"engines": {"node": "20.x"}}', ("node", "20", 1, False)),
        ("composer.json", '{"require": {"php": "^8.1"}}', ("php", "8.1", 1, False)),
        ("pyproject.toml", '[project]\nrequires-python = ">=3.10,<4"\n', ("python", "3.10", 2, True)),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.9"\n', ("python", "3.9", 2, True)),
        ("docker/web.dockerfile", "ARG X\nFROM --platform=linux/amd64 node:18-alpine\n", ("node", "18", 2, False)),
        ("docker-compose.yml", "services:\n  db:\n    image: 'postgres:14.2'\n", ("postgresql", "14.2", 3, False)),
        ("go.mod", "module x\n\ngo 1.21\n", ("go", "1.21", 0, True)),
    ],
)
def test_each_file_names_its_version_with_its_line(path, text, claim):
    assert told({path: text}) == [claim]


def test_direct_packages_name_frameworks():
    packages = [
        Package("npm", "next", "14.1.0", "yarn.lock", 9, direct=True),
        Package("npm", "react", "17.0.0", "yarn.lock", 12, direct=False),
    ]

    assert told({}, packages) == [("nextjs", "14.1.0", 9, False)]


def test_files_of_tests_and_broken_files_name_nothing():
    assert told({"tests/.python-version": "2.7", "package.json": "{", "pyproject.toml": "[["}) == []


def test_a_docker_file_of_blank_lines_is_read_in_time():
    assert told({"Dockerfile": "\n" * 400_000 + " " * 400_000}) == []
