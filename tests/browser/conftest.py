"""A real browser before the team's real server, if CLIENTDESK_TEST_BROWSER names a Chromium; else nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.team import Team, a_team_at_work
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = os.environ.get("CLIENTDESK_TEST_BROWSER", "")
# Playwright keeps an event loop running in this thread: other tests, in the same process, could start none.
collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
_QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
_NO_SANDBOX = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's own refuses to be root's
_PATIENCE = 30_000  # milliseconds, on a machine that does much else
expect.set_options(timeout=_PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They start servers, and wait for runs."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.services)
            if not item.get_closest_marker("timeout"):
                item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """`clientdesk up` with its login on, once for all tests."""
    with a_team_at_work(tmp_path_factory.mktemp("team")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Fails where the browser that was named is missing: a check that was asked for is not skipped."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=[*_NO_SANDBOX, *_QUIET])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def new_context(browser: Browser) -> Callable[..., BrowserContext]:
    """A browser without cookies, of one size, in one language and zone, which goes nowhere but to this machine."""

    def make(**options: object) -> BrowserContext:
        usual = {"viewport": {"width": 1280, "height": 900}, "locale": "en-IE", "timezone_id": "Europe/Berlin"}
        context = browser.new_context(**{**usual, **options})
        context.set_default_timeout(_PATIENCE)
        context.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), lambda route: route.abort())
        return context

    return make


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest) -> Iterator[Page]:
    """One tab that nobody has logged in with. What it shows at the end of a test is kept in build/screenshots."""
    context = new_context()
    tab = context.new_page()
    yield tab
    PICTURES.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=PICTURES / f"end-of-{request.node.name[:80]}.png")
    context.close()


@pytest.fixture(scope="session")
def shot() -> Callable[[Page, str], None]:
    """Keeps what a page shows in build/screenshots: `shot(page, "01-login")`."""
    PICTURES.mkdir(parents=True, exist_ok=True)

    def keep(tab: Page, name: str, *, whole: bool = False) -> None:
        tab.screenshot(path=PICTURES / f"{name}.png", full_page=whole, animations="disabled")

    return keep
