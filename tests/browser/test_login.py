"""Whoever comes to the team's pages is asked for the login."""


def test_pages_ask_for_the_login_and_show_nothing_before(team, page, shot):
    page.goto(team.pages)
    page.get_by_placeholder("admin:pass").wait_for()
    shot(page, "01-login")
    page.get_by_placeholder("admin:pass").fill("clientdesk:guessed")
    page.get_by_role("button", name="Login").click()
    page.get_by_text("Invalid").wait_for()
