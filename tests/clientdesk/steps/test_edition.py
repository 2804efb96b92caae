import re

from clientdesk.steps import edition


def test_the_version_is_the_installed_one():
    assert re.match(r"\d+\.\d+", edition.edition())


def test_without_an_installation_there_is_no_version(monkeypatch):
    def missing(name):
        raise edition.PackageNotFoundError(name)

    monkeypatch.setattr(edition, "version", missing)

    assert edition.edition.__wrapped__() == ""
