from __future__ import annotations

import weakref

from fakes.repository import RepositoryFromText

from clientdesk.audit.first_places import Place
from clientdesk.audit.repository import Package
from clientdesk.audit.tracker_places import watched

SENTRY = [Package("PyPI", "sentry-sdk", "2.1", "requirements.txt", 2)]
HONEYBADGER = [Package("RubyGems", "honeybadger", "5", "Gemfile.lock", 9)]


def steps(files, packages=()):
    return [(one.tracker.name, one.wired, one.configured) for one in watched(RepositoryFromText(files), packages).seen]


def test_each_step_is_told_by_its_first_place():
    files = {"a.py": "x = 1\nsentry_sdk.init()\n", "b.py": "sentry_sdk.init()\n", "deploy.yml": "- SENTRY_DSN\n"}

    assert steps(files, SENTRY) == [("Sentry", Place("a.py", 2), Place("deploy.yml", 1))]


def test_settings_start_only_what_is_declared():
    files = {"app.yml": "run: sentry_sdk.init(dsn=x)\n"}

    assert steps(files) == []
    assert steps(files, SENTRY) == [("Sentry", Place("app.yml", 1), Place("app.yml", 1))]


def test_where_no_settings_tell_the_file_that_starts_it_may():
    assert steps({"a.py": "sentry_sdk.init(dsn=x)\n"}) == [("Sentry", Place("a.py", 1), Place("a.py", 1))]


def test_a_file_by_which_a_package_starts_itself_starts_it():
    files = {"config/honeybadger.yml": "env: production\n"}

    assert steps(files, HONEYBADGER) == [("Honeybadger", Place("config/honeybadger.yml", 0), None)]


def test_the_health_address_is_looked_for_in_code_and_unread_code_is_counted():
    found = watched(RepositoryFromText({"a.yml": "'/healthz'", "b.py": "x\n'/healthz'\n", "c.py": b"\0"}), ())

    assert (found.health, found.unread) == (Place("b.py", 2), 1)


class Text(str):
    """A text of which can be told whether anybody still holds it."""

    __slots__ = ("__weakref__",)


class Watching(RepositoryFromText):
    """Counts how many texts are held at once."""

    def __init__(self, files):
        super().__init__(files)
        self.held, self.most = weakref.WeakSet(), 0

    def text(self, path, limit=1_000_000):
        text = Text(super().text(path, limit))
        self.held.add(text)
        self.most = max(self.most, len(self.held))
        return text

    def __hash__(self):
        return id(self)


def test_texts_are_let_go_one_by_one():
    repository = Watching({f"module{number}.py": f"x = {number}\n" for number in range(50)})

    watched(repository, SENTRY)

    assert repository.most <= 2
