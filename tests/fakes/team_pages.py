"""Prefect's pages as a person uses them: by what they read there."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

SOON, AFTER_WORK = 20_000, 150_000  # milliseconds


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
        self.page.get_by_placeholder("Search deployments").or_(self.page.get_by_role("textbox").first).first.fill(name)
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.get_by_role("button", name="Run", exact=True).wait_for()

    def open_run_form(self, name: str) -> None:
        self.open_deployment(name)
        self.page.get_by_role("button", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Custom run").click()
        self.page.get_by_role("button", name="Submit").wait_for()

    def submit(self) -> None:
        self.page.get_by_role("button", name="Submit").click()

    def open_run(self, name: str) -> None:
        """The newest of that name."""
        self.page.get_by_role("link", name="Runs", exact=True).first.click()
        self.page.get_by_role("link", name=name).first.click()
        self.page.get_by_role("tab", name="Artifacts").wait_for()

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
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Resume").click()
        expect(dialog).to_be_hidden(timeout=SOON)


class Form:
    """Fields by their titles; a title that is not there fails."""

    def __init__(self, page: Page, within: Locator | None = None) -> None:
        self._page = page
        self.within = within or page.locator("body")

    def box(self, title: str) -> Locator:
        return self.within.get_by_label(re.compile(rf"^{re.escape(title)}( \(Optional\))?$"))

    def write(self, title: str, text: str) -> None:
        self.box(title).fill(text)

    def choose(self, title: str, words: str) -> None:
        self.within.get_by_label(f"Select {title}").click()
        self._page.get_by_role("option", name=words, exact=True).click()

    def add_to(self, title: str) -> None:
        """One more entry of the list."""
        group = self.within.locator("div.group").filter(has=self._page.get_by_text(re.compile(rf"^{title}")))
        group.last.get_by_role("button", name="Add item").click()

    def chosen(self, title: str) -> str:
        return self.within.get_by_label(f"Select {title}").inner_text().strip()
