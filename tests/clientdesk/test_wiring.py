"""Adapters are chosen here, once, by the settings."""

import logging
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from fakes.desk import a_desk

from clientdesk import wiring
from clientdesk.adapters.report_folder import ReportFolder
from clientdesk.adapters.report_mailbox import ReportMailbox
from clientdesk.adapters.smtp import NoMailServer, SmtpMailer
from clientdesk.ports.mail import NoReports
from clientdesk.settings import read_settings
from clientdesk.steps.desk import NobodyHere
from clientdesk.wiring import LoggedProgress, SystemClock, make_desk, prepare_records, reports_of, using


def settings(tmp_path, **environment):
    return read_settings({"CLIENTDESK_HOME": str(tmp_path / "home"), **environment}, Path(tmp_path))


def test_desk_that_is_used_is_the_one_put_in_place_and_the_one_before_comes_back():
    outer, inner = a_desk(), a_desk()

    with using(outer):
        with using(inner):
            assert wiring.desk() is inner
        assert wiring.desk() is outer


def test_desk_comes_back_after_an_error():
    outer = a_desk()

    with using(outer):
        with pytest.raises(KeyError), using(a_desk()):
            raise KeyError
        assert wiring.desk() is outer


def test_without_a_mail_server_mails_stay_in_the_outbox(tmp_path):
    assert isinstance(make_desk(settings(tmp_path)).mailer, NoMailServer)


def test_mail_server_that_is_set_is_used(tmp_path):
    desk = make_desk(settings(tmp_path, CLIENTDESK_SMTP_HOST="mail.example.com"))

    assert isinstance(desk.mailer, SmtpMailer)
    assert desk.mailer.is_configured


def test_records_are_made_once_and_may_be_prepared_again(tmp_path):
    chosen = settings(tmp_path)

    prepare_records(chosen)
    prepare_records(chosen)

    assert make_desk(chosen).store.messages() == ()


def test_without_a_terminal_nobody_is_asked_here_and_now(tmp_path):
    with pytest.raises(NobodyHere, match="terminal"):
        make_desk(settings(tmp_path)).asked()


def test_clock_is_in_utc():
    assert SystemClock().now().utcoffset().total_seconds() == 0


def test_step_that_nobody_watches_is_a_line_in_the_log(caplog):
    caplog.set_level(logging.INFO, "clientdesk")

    with LoggedProgress().step("Clone") as say:
        say("3 files")

    assert caplog.messages == ["Clone: 3 files"]


def test_reports_are_read_from_the_folder_named_or_the_mailbox_configured(tmp_path):
    mailbox = {
        "CLIENTDESK_IMAP_HOST": "imap.example.com",
        "CLIENTDESK_IMAP_USER": "desk",
        "CLIENTDESK_IMAP_PASSWORD": "x",
    }
    since = date(2026, 3, 1)

    assert isinstance(reports_of(settings(tmp_path, **mailbox), tmp_path, since), ReportFolder)
    assert isinstance(reports_of(settings(tmp_path, **mailbox), None, since), ReportMailbox)
    with pytest.raises(NoReports, match="CLIENTDESK_IMAP_HOST"):
        reports_of(settings(tmp_path), None, since)


def test_audit_loads_no_database_and_no_client_of_the_network(tmp_path):
    code = (
        "import sys, clientdesk.cli.audit, clientdesk.cli.progress\n"
        "import clientdesk.steps.auditing, clientdesk.steps.printing\n"
        "from pathlib import Path\n"
        "from clientdesk.settings import read_settings\n"
        "from clientdesk.wiring import make_desk\n"
        f"make_desk(read_settings({{'CLIENTDESK_HOME': {str(tmp_path)!r}}}, Path.cwd()), folders_allowed=True)\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()

    assert {"alembic", "cryptography", "fsspec", "httpx", "prefect", "sqlalchemy", "weasyprint"}.isdisjoint(told)
