from __future__ import annotations

from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.monitoring import CHECK
from clientdesk.audit.result import Outcome, Severity

MONDAY = date(2026, 3, 2)
DJANGO = {"requirements.txt": "django==5.2\nsentry-sdk==2.1\n", "urls.py": "path('health/', ok)\n"}


def look(files):
    return CHECK.look(RepositoryFromText(files), MONDAY)


def test_declared_wired_and_configured_is_clean_with_every_place():
    result = look({**DJANGO, "settings.py": "import sentry_sdk\nsentry_sdk.init(dsn=env('SENTRY_DSN'))\n"})

    assert (result.outcome, result.strengths) == (Outcome.CLEAN, ("Errors in production are reported to Sentry.",))
    assert "declared requirements.txt:2, wired settings.py:2, configured settings.py:2" in result.reason


def test_no_tracker_is_high():
    (finding,) = look({**DJANGO, "requirements.txt": "django==5.2\n"}).findings

    assert (finding.rule, finding.severity) == ("monitoring.none", Severity.HIGH)


def test_installed_but_never_started_is_found_at_its_declaration():
    (finding,) = look(DJANGO).findings

    assert (finding.rule, finding.path, finding.line) == ("monitoring.not-wired", "requirements.txt", 2)


def test_started_in_tests_or_remarks_only_is_not_started():
    files = {**DJANGO, "tests/test_a.py": "sentry_sdk.init()\n", "settings.py": "# sentry_sdk.init(dsn=x)\n"}

    assert [finding.rule for finding in look(files).findings] == ["monitoring.not-wired"]


def test_a_server_without_a_health_endpoint_is_found():
    files = {**DJANGO, "urls.py": "path('shop/', shop)\n", "settings.py": "sentry_sdk.init(dsn=x)\n"}

    assert [finding.rule for finding in look(files).findings] == ["monitoring.no-health"]


def test_pages_without_a_server_need_no_health_endpoint():
    files = {
        "package.json": '{"dependencies": {"react-dom": "^19", "@sentry/react": "^9"}}',
        "src/main.tsx": 'Sentry.init({ dsn: "https://x@o1.ingest.sentry.io/1" });\n',
    }

    assert look(files).outcome is Outcome.CLEAN


def test_a_library_is_not_applicable():
    assert look({"pyproject.toml": "[project]\ndependencies = ['attrs']\n"}).outcome is Outcome.NOT_APPLICABLE


def test_a_service_named_in_a_text_is_not_a_service_in_use():
    files = {**DJANGO, "requirements.txt": "django==5.2\n", "known.py": 'TABLE = [r"sentry_sdk.init(", "ddtrace"]\n'}

    assert [finding.rule for finding in look(files).findings] == ["monitoring.none"]


def test_a_package_required_by_its_quoted_name_is_in_use():
    files = {
        "package.json": '{"dependencies": {"express": "5.0.0", "dd-trace": "5.1.0"}}',
        "index.js": "require('dd-trace').init({ env: process.env.DD_ENV })\napp.get('/health', ok)\n",
    }

    assert look(files).strengths == ("Errors in production are reported to Datadog.",)


def test_tracker_that_its_own_settings_file_starts_is_switched_on():
    files = {
        "Gemfile": 'gem "rails"\ngem "honeybadger"\n',
        "config/honeybadger.yml": "api_key: <%= ENV['HONEYBADGER_API_KEY'] %>\n",
        "config/routes.rb": 'get "up" => "rails/health#show"\n',
    }

    assert CHECK.look(RepositoryFromText(files), date(2026, 3, 2)).findings == ()


@pytest.mark.parametrize(
    "files",
    [
        {"Gemfile": 'gem "rails"\n', "shop.gemspec": "Gem::Specification.new\n"},
        {"package.json": '{"version": "1.0.0", "files": ["lib"], "dependencies": {"express": "^5"}}'},
    ],
)
def test_package_that_others_run_is_not_blamed(files):
    found = CHECK.look(RepositoryFromText(files), date(2026, 3, 2)).findings

    assert [one.severity.value for one in found if one.rule == "monitoring.none"] == ["info"]
