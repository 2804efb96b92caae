from __future__ import annotations

import pytest

from clientdesk.audit.trackers import TRACKERS

BY_NAME = {tracker.name: tracker for tracker in TRACKERS}


@pytest.mark.parametrize(
    ("name", "package"),
    [("Sentry", "sentry-sdk"), ("Sentry", "@sentry/react"), ("Rollbar", "rollbar"), ("New Relic", "newrelic_rpm")],
)
def test_a_tracker_is_known_by_its_packages(name, package):
    assert BY_NAME[name].comes_in(package)


@pytest.mark.parametrize("package", ["sentry", "my-sentry-sdk", "rollbar-plugin-x"])
def test_similar_names_are_not(package):
    assert not any(tracker.comes_in(package) for tracker in TRACKERS)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sentry", "sentry_sdk.init(dsn=x)"),
        ("Sentry", "Sentry.init do |config|"),
        ("Honeybadger", "Honeybadger.configure do |config|"),
        ("Datadog", "datadogRum.init({"),
    ],
)
def test_a_tracker_is_wired_by_the_call_that_starts_it(name, code):
    assert BY_NAME[name].wired.search(code)
