"""The environment, read once."""

from pathlib import Path

import pytest

from clientdesk.settings import AdvisoryService, BadSetting, MailServer, Settings, Tls, read_settings

CWD = Path("/srv/desk")
HOME = {"HOME": "/home/ann"}
MAIL = {**HOME, "CLIENTDESK_SMTP_HOST": "mail.example.com"}
LOGIN = {**MAIL, "CLIENTDESK_SMTP_USER": "ann", "CLIENTDESK_SMTP_PASSWORD": "s3cret"}


def read(**variables: str) -> Settings:
    return read_settings({**HOME, **{f"CLIENTDESK_{name}": value for name, value in variables.items()}}, CWD)


def mail_server(environ: dict[str, str]) -> MailServer:
    server = read_settings(environ, CWD).mail_server
    assert server is not None
    return server


def test_without_settings_data_lie_where_the_desktop_keeps_them():
    settings = read()

    assert settings.home == Path("/home/ann/.local/share/clientdesk")
    assert settings.cache == Path("/home/ann/.cache/clientdesk")
    assert settings.database_url == "sqlite:////home/ann/.local/share/clientdesk/clientdesk.db"
    assert settings.documents == "/home/ann/.local/share/clientdesk/documents"
    assert settings.outbox == Path("/home/ann/.local/share/clientdesk/outbox")
    assert settings.mail_server is None
    assert (settings.mail_redirect_to, settings.advisory_service) == ("", AdvisoryService.OSV)


def test_xdg_directories_are_respected_and_a_relative_one_is_ignored():
    settings = read_settings({**HOME, "XDG_DATA_HOME": "/data", "XDG_CACHE_HOME": "cache"}, CWD)

    assert (settings.home, settings.cache) == (Path("/data/clientdesk"), Path("/home/ann/.cache/clientdesk"))


def test_compiled_rules_are_shared_by_all_folders_of_a_user():
    shared = Path("/home/ann/.cache/clientdesk/kingfisher")

    assert read_settings(HOME, CWD).compiled_rules == shared
    assert read_settings({**HOME, "CLIENTDESK_HOME": "data"}, CWD).compiled_rules == shared
    assert read_settings({**HOME, "CLIENTDESK_CACHE": "/cache"}, CWD).compiled_rules == Path("/cache/kingfisher")
    without_home = read_settings({"CLIENTDESK_HOME": "data"}, CWD)
    assert without_home.compiled_rules == Path("/srv/desk/data/cache/kingfisher")


def test_folder_that_is_named_holds_everything_and_needs_no_home():
    settings = read_settings({"CLIENTDESK_HOME": "data"}, CWD)

    assert settings.home == Path("/srv/desk/data")
    assert settings.cache == Path("/srv/desk/data/cache")
    assert settings.outbox == Path("/srv/desk/data/outbox")


def test_tilde_is_the_home_of_the_user():
    assert read(OUTBOX="~/mail").outbox == Path("/home/ann/mail")


def test_no_home_at_all_is_refused():
    with pytest.raises(BadSetting, match="CLIENTDESK_HOME is not set, and neither is HOME"):
        read_settings({}, CWD)


def test_documents_may_be_an_address_or_a_relative_folder():
    assert read(DOCUMENTS="s3://bucket/desk").documents == "s3://bucket/desk"
    assert read(DOCUMENTS="papers").documents == "/srv/desk/papers"


def test_agency_file_is_the_one_here_then_the_one_among_the_data_then_the_project_s(tmp_path: Path):
    here, home = tmp_path / "here", tmp_path / "home"
    environ = {"CLIENTDESK_HOME": str(home)}
    here.mkdir()
    home.mkdir()

    assert read_settings(environ, here).agency.is_file()
    (home / "agency.toml").touch()
    assert read_settings(environ, here).agency == home / "agency.toml"
    (here / "agency.toml").touch()
    assert read_settings(environ, here).agency == here / "agency.toml"
    assert read_settings({**environ, "CLIENTDESK_AGENCY": "other.toml"}, here).agency == here / "other.toml"


@pytest.mark.parametrize(("tls", "port"), [("", 587), ("starttls", 587), ("implicit", 465), ("none", 25)])
def test_port_follows_the_kind_of_encryption(tls: str, port: int):
    assert mail_server({**MAIL, "CLIENTDESK_SMTP_TLS": tls}) == MailServer("mail.example.com", port, Tls(tls), "", "")


def test_port_and_login_are_taken_as_they_are_named():
    server = mail_server({**LOGIN, "CLIENTDESK_SMTP_PORT": "2525"})

    assert (server.port, server.user, server.password) == (2525, "ann", "s3cret")


def test_password_is_the_first_line_of_the_file_that_is_named(tmp_path: Path):
    file = tmp_path / "password"
    file.write_text(" with spaces \nsecond line\n")

    server = mail_server({**MAIL, "CLIENTDESK_SMTP_USER": "ann", "CLIENTDESK_SMTP_PASSWORD_FILE": str(file)})

    assert server.password == " with spaces "


def test_password_is_never_shown():
    settings = read_settings({**LOGIN, "CLIENTDESK_DATABASE_URL": "postgresql://desk:hidden@db/desk"}, CWD)

    assert "s3cret" not in repr(settings)
    assert "hidden" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SMTP_PORT", "smtp", "whole number from 1 to 65535, not 'smtp'"),
        ("SMTP_PORT", "70000", "whole number from 1 to 65535"),
        ("SMTP_TLS", "ssl", "one of implicit, starttls, none, not 'ssl'"),
        ("SMTP_HOST", "smtp://mail.example.com", "a host's name alone"),
        ("SMTP_HOST", "mail.example.com:25", "a host's name alone"),
        ("SMTP_USER", "ann", "and a password go together"),
        ("SMTP_PASSWORD_FILE", "nowhere", "names /srv/desk/nowhere, which can't be read"),
        ("MAIL_REDIRECT_TO", "ann", "one e-mail address, not 'ann'"),
        ("MAIL_REDIRECT_TO", "a@example.com, b@example.com", "one e-mail address"),
        ("CLONE_MAX_MB", "0", "whole number from 1"),
        ("CLONE_MAX_MB", "4 GB", "whole number from 1"),
        ("CLONE_MAX_SECONDS", "9" * 5000, "whole number from 1"),
        ("CLONE_MAX_SECONDS", "-1", "whole number from 1"),
        ("SECRETS_HISTORY", "maybe", "must be yes or no"),
        ("ADVISORY_SERVICE", "nvd", "one of osv, pypi, not 'nvd'"),
        ("OSV_URL", "ftp://example.com", "must begin with https:// or http://"),
        ("OUTBOX", "a\nb", "has a line break"),
        ("HOME", "a\0b", "has a line break or another control character"),
    ],
)
def test_value_that_can_not_be_used_is_refused_in_one_line_that_names_the_variable(name: str, value: str, says: str):
    with pytest.raises(BadSetting, match=says) as refused:
        read(**{"SMTP_HOST": "mail.example.com", name: value})

    assert str(refused.value).startswith(f"CLIENTDESK_{name} ")
    assert "\n" not in str(refused.value)


def test_login_without_a_server_is_refused():
    with pytest.raises(BadSetting, match="CLIENTDESK_SMTP_HOST is not set"):
        read(SMTP_USER="ann", SMTP_PASSWORD="s3cret")


def test_password_written_and_in_a_file_is_refused():
    with pytest.raises(BadSetting, match="both set: keep one") as refused:
        read_settings({**LOGIN, "CLIENTDESK_SMTP_PASSWORD_FILE": "file"}, CWD)

    assert "s3cret" not in str(refused.value)


def test_misspelt_variable_is_refused_with_the_one_that_was_meant():
    with pytest.raises(BadSetting, match="CLIENTDESK_SMTP_PASWORD is not a setting: did you mean CLIENTDESK_SMTP_PASS"):
        read(SMTP_PASWORD="s3cret")


def test_variable_that_resembles_none_of_ours_is_somebody_else_s():
    assert read(THEME="dark") == read()


def test_mailbox_of_reports_is_read_with_its_usual_port_and_its_password_is_never_shown():
    settings = read(IMAP_HOST="imap.example.com", IMAP_USER="desk", IMAP_PASSWORD="s3cret")

    box = settings.reports
    assert (box.host, box.port, box.user, box.mailbox, box.password) == (
        "imap.example.com",
        993,
        "desk",
        "INBOX",
        "s3cret",
    )
    assert "s3cret" not in repr(settings)


def test_without_a_mailbox_there_is_none_and_half_a_one_is_refused():
    assert read().reports is None
    with pytest.raises(BadSetting, match="CLIENTDESK_IMAP_HOST and CLIENTDESK_IMAP_USER and a password go together"):
        read(IMAP_HOST="imap.example.com")
