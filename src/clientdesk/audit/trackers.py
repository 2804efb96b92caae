"""Services that tell of errors in production: the packages they come in, and the code that switches them on."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tracker:
    """`packages` are matched whole or as a beginning with `*`; `wired` in code, `configured` in code and settings.

    `files` are those by which the package starts itself.
    """

    name: str
    packages: tuple[str, ...]
    wired: re.Pattern[str]
    configured: re.Pattern[str]
    files: tuple[str, ...] = ()

    def comes_in(self, package: str) -> bool:
        return any(package == name or (name.endswith("*") and package.startswith(name[:-1])) for name in self.packages)


def _tracker(name: str, packages: str, wired: str, configured: str, files: str = "") -> Tracker:
    return Tracker(name, tuple(packages.split()), re.compile(wired), re.compile(configured), tuple(files.split()))


TRACKERS = (
    _tracker(
        "Sentry",
        "sentry-sdk raven raven-js @sentry/* sentry-ruby sentry-rails sentry-raven sentry/sentry* "
        "github.com/getsentry/sentry-go",
        r"sentry_sdk\.init\(|Sentry\.init\b|sentry\.Init\(|Raven\.config|raven\.Client\(|withSentryConfig\(|\\Sentry\\init\(",
        r"SENTRY_DSN|sentry\.io/\d+|dsn\s*[:=]",
    ),
    _tracker(
        "Rollbar",
        "rollbar rollbar/rollbar* pyrollbar @rollbar/*",
        r"rollbar\.init\(|Rollbar\.configure|new Rollbar\(|Rollbar::init\(",
        r"ROLLBAR_\w{0,80}TOKEN|access_?token",
    ),
    _tracker(
        "Bugsnag",
        "bugsnag @bugsnag/* bugsnag/bugsnag*",
        r"bugsnag\.configure\(|Bugsnag\.(configure|start)\b|Bugsnag\\Client::make",
        r"BUGSNAG_API_KEY|api_?key",
    ),
    _tracker(
        "Honeybadger",
        "honeybadger @honeybadger-io/* honeybadger-io/*",
        r"[Hh]oneybadger\.configure\b|honeybadger\.contrib",
        r"HONEYBADGER_API_KEY|api_?key",
        "config/honeybadger.yml honeybadger.yml",
    ),
    _tracker(
        "Airbrake",
        "airbrake pybrake @airbrake/* airbrake-ruby",
        r"Airbrake\.configure\b|new Notifier\(\{|pybrake\.Notifier\(",
        r"AIRBRAKE_\w+|project_?(id|key)",
    ),
    _tracker(
        "AppSignal",
        "appsignal @appsignal/*",
        r"Appsignal\.(start|configure)\b|new Appsignal\(|appsignal\.start\(",
        r"APPSIGNAL_PUSH_API_KEY|push_api_key",
        "config/appsignal.yml",
    ),
    _tracker(
        "Datadog",
        "ddtrace dd-trace ddtrace-run datadog @datadog/* datadog/*",
        r"ddtrace|dd-trace|Datadog\.configure|datadogRum\.init|tracer\.init\(|datadogLogs\.init",
        r"DD_(API_KEY|SITE|ENV|SERVICE|AGENT_HOST)|clientToken",
    ),
    _tracker(
        "New Relic",
        "newrelic newrelic_rpm newrelic-* @newrelic/*",
        r"newrelic\.agent\.initialize|require\(['\"]newrelic['\"]\)|import ['\"]newrelic['\"]|newrelic-admin",
        r"NEW_RELIC_LICENSE_KEY|license_key",
        "config/newrelic.yml newrelic.yml newrelic.ini newrelic.js newrelic.cjs",
    ),
    _tracker(
        "Scout",
        "scout_apm scout-apm",
        r"scout_apm\.(django|flask|api)|ScoutApm",
        r"SCOUT_KEY",
        "config/scout_apm.yml",
    ),
    _tracker(
        "exception_notification",
        "exception_notification",
        r"ExceptionNotification\b",
        r"exception_recipients|webhook",
    ),
    _tracker(
        "OpenTelemetry",
        "opentelemetry-sdk opentelemetry-instrumentation* @opentelemetry/sdk* opentelemetry-sdk* open-telemetry/*",
        r"TracerProvider\(|NodeSDK\(|OpenTelemetry::SDK\.configure|set_tracer_provider",
        r"OTEL_EXPORTER_\w+",
    ),
)
