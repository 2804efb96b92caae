from __future__ import annotations

from clientdesk.audit.repository import Package
from clientdesk.audit.services import frameworks_of, has_server


def package(name, ecosystem="PyPI", *, direct=True, development=False):
    return Package(ecosystem, name, "1", "x", direct=direct, development=development)


def test_frameworks_are_those_shipped_directly():
    packages = [
        package("django"),
        package("flask", direct=False),
        package("express", "npm", development=True),
        package("requests"),
    ]

    assert frameworks_of(packages) == ("django",)


def test_pages_alone_are_no_server():
    assert [has_server(names) for names in (["react-dom"], ["react-dom", "express"], [])] == [False, True, False]
