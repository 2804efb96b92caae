"""Prefect's pages as a person uses them: by what they read there."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as NotInTime

_ATTEMPTS, _AT_ONCE = 5, 10_000
_VERSION = re.compile("^[0-9a-f]{8}$")
_STATES = re.compile("^(Scheduled|Late|Pending|Submitting|Running|Suspended|Resuming|Completed|Failed|Crashed)$")
SOON, AFTER_WORK = 30_000, 240_000  # milliseconds


class TeamPages:
    """One tab on the pages of a server; `shown` is where it is."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address

    def log_in(self, login: str) -> None:
        self.page.goto(self._address)
        self.page.get_by_placeholder("admin:pass").fill(login)
        self.page.get_by_role("button", name="Login").click()
        self.page.get_by_role("link", name="Deployments").wait_for()

    def open_deployment(self, name: str) -> None:
        self.page.get_by_role("link", name="Deployments").first.click()
        self.page.get_by_placeholder("Search deployments").fill(name)
        self.page.wait_for_url(re.compile(rf"={name}\b"))  # a click before would be taken back by the search
        # Its flow has a link of the same name.
        of_deployments = self.page.locator("a[href*='/deployments/deployment/']")
        of_deployments.filter(has_text=re.compile(rf"^{name}$")).click()
        self.page.get_by_role("button", name="Run", exact=True).wait_for()

    def open_run_form(self, name: str) -> None:
        self.open_deployment(name)
        self.page.get_by_role("button", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Custom run").click()
        self.page.get_by_text("Enforce Parameter Schema").wait_for()
        expect(self.page.locator("[data-slot=skeleton], .animate-pulse")).to_have_count(0)

    def submit(self) -> None:
        """Only until it is judged: a form with something wrong in it stays."""
        self._pressed(self.page.get_by_role("button", name="Submit"), re.compile("create_flow_run|schemas/validate"))

    def start_run(self) -> None:
        """Until a run is made, and the form has gone."""
        button = self.page.get_by_role("button", name="Submit")
        self._pressed(button, re.compile("create_flow_run"))
        expect(button).to_be_hidden(timeout=AFTER_WORK)

    def _pressed(self, button: Locator, request: re.Pattern[str]) -> None:
        """Until it asks the server so: a form that was refused is judged again first, and only then sent."""
        for _ in range(_ATTEMPTS):
            with suppress(NotInTime):
                with self.page.expect_request(request, timeout=_AT_ONCE):
                    button.click()
                return
        raise AssertionError(f"{request.pattern} is never asked")

    def open_run(self, name: str) -> None:
        """The newest of that name, which it has from its beginning on."""
        self.page.get_by_role("link", name="Runs", exact=True).first.click()
        self.page.get_by_role("link", name=name).first.click(timeout=AFTER_WORK)
        self.page.get_by_role("tab", name="Logs").wait_for()

    def open_artifact(self, key: str) -> None:
        """From the tab of a run: the newest version of the first whose key begins so."""
        self.page.get_by_role("link").filter(has_text=key).first.click()
        self.page.get_by_text("Flow run:").first.wait_for()
        self.page.get_by_role("main").get_by_role("link", name=_VERSION).first.click()
        self.page.get_by_role("main").get_by_text("Flow Run").first.wait_for()

    def open_tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    def wait_for_state(self, state: str, milliseconds: float = AFTER_WORK) -> None:
        """In the head of a run's page."""
        expect(self.page.locator("main, body").get_by_text(state, exact=True).first).to_be_visible(timeout=milliseconds)

    def open_resume(self, words: str = "") -> Form:
        """The form that the run waits for, once it says these words."""
        menu = self.page.get_by_role("button", name="Open menu").or_(self.page.locator("button[aria-haspopup=menu]"))
        menu.first.click()
        self.page.get_by_role("menuitem", name="Resume").click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_contain_text(re.compile(words), timeout=SOON)
        return Form(self.page, dialog)

    def resume(self) -> None:
        """Prefect's SQLite refuses when much goes on ("database is locked"): the form stays, and is sent again."""
        dialog = self.page.get_by_role("dialog")
        for _ in range(_ATTEMPTS):
            self._pressed(dialog.get_by_role("button", name="Resume"), re.compile("/resume$"))
            with suppress(AssertionError):
                expect(dialog).to_be_hidden(timeout=SOON)
                break
        expect(dialog).to_be_hidden(timeout=SOON)
        expect(self._state).not_to_have_text("Suspended", timeout=SOON)

    @property
    def _state(self) -> Locator:
        """In the head of a run's page."""
        return self.page.get_by_role("main").get_by_text(_STATES).first


class Form:
    """Fields by their titles; a title that is not there fails."""

    def __init__(self, page: Page, within: Locator | None = None) -> None:
        self._page = page
        self.within = within or page.locator("body")

    def box(self, title: str) -> Locator:
        return self.within.get_by_label(re.compile(rf"^{re.escape(title)}( \(Optional\))?$"))

    def write(self, title: str, text: str) -> None:
        self.box(title).fill(text)

    def choose(self, title: str, words: str | re.Pattern[str]) -> None:
        self.within.get_by_label(f"Select {title}").click()
        self._page.get_by_role("option", name=words, exact=True).click()

    def add_to(self, title: str) -> None:
        """One more entry of the list."""
        group = self.within.locator("div.group").filter(has=self._page.get_by_text(re.compile(rf"^{title}")))
        group.last.get_by_role("button", name="Add item").click()

    def chosen(self, title: str) -> str:
        return self.within.get_by_label(f"Select {title}").inner_text().strip()
