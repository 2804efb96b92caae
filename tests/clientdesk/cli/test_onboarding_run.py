"""`clientdesk onboard` from end to end: on a real repository, with Prefect, WeasyPrint, SQLite and a mail server."""

import json
import os
import pty
import select
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from email import message_from_bytes, policy
from io import BytesIO

import psutil
import pytest
from fakes.mail_server import Inbox, mail_server
from fakes.osv_service import OsvService, serving
from pypdf import PdfReader

pytestmark = pytest.mark.engine

WHO = ("--company", "Harbour Bookings GmbH", "--contact", "Nora Feld", "--email", "nora@harbour-bookings.com")


def as_onboarded(client_code):
    """The arguments of the run that `onboarded` made."""
    return ("onboard", client_code.address, *WHO, "--interest", "retainer", "--yes")


def rows(command, question, database="clientdesk.db"):
    with sqlite3.connect(command.home / database) as connection:
        found = connection.execute(question).fetchall()
    connection.close()
    return found


def only(command, pattern):
    (path,) = command.home.glob(pattern)
    return path


def test_summary_says_verdict_price_window_number_and_places(onboarded):
    _, done = onboarded

    assert done.returncode == 0, done.stderr
    for words in ("Fit ", "Verdict ", "Price ", "First window ", "-0001", ".pdf", ".eml"):
        assert words in done.stdout
    assert "Traceback" not in done.stderr


def test_proposal_is_a_pdf_with_the_clients_name(onboarded):
    command, _ = onboarded
    pdf = only(command, "documents/proposals/P-*-0001.pdf").read_bytes()

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)

    assert "Harbour Bookings GmbH" in text


def test_mail_is_a_whole_file_with_the_pdf_in_it(onboarded):
    command, _ = onboarded

    mail = message_from_bytes(only(command, "outbox/*.eml").read_bytes(), policy=policy.default)

    (attachment,) = mail.iter_attachments()
    assert mail["To"].addresses[0].addr_spec == "nora@harbour-bookings.com"
    assert attachment.get_content() == only(command, "documents/proposals/P-*-0001.pdf").read_bytes()


def test_records_hold_one_client_and_the_runs_are_completed(onboarded):
    command, _ = onboarded

    assert rows(command, "select count(*) from clients") == [(1,)]
    runs = rows(command, "select name, state_name from flow_run", "prefect/prefect.db")
    assert {(name.split("/")[0], state) for name, state in runs} == {
        ("onboarding", "Completed"),
        ("intro-call", "Completed"),
        ("light-audit", "Completed"),
    }


def test_nothing_of_the_clients_code_is_left(onboarded):
    command, _ = onboarded

    assert list((command.home / "cache" / "clones").glob("clone-*")) == []


def test_second_run_makes_no_twin_and_keeps_the_number(clientdesk, onboarded, client_code, tmp_path):
    first, _ = onboarded
    shutil.copytree(first.home, clientdesk.home)
    clientdesk.settings |= first.settings
    out, timings = tmp_path / "out", tmp_path / "timings.json"

    second = clientdesk(*as_onboarded(client_code), "--out", str(out), "--timings", str(timings))

    assert second.returncode == 0, second.stderr
    assert "unchanged: P-" in second.stderr
    for table in ("clients", "proposals", "messages"):
        assert rows(clientdesk, f"select count(*) from {table}") == rows(first, f"select count(*) from {table}")
    assert len(list(out.glob("P-*.pdf"))) == 1
    assert {"Start", "Proposal"} <= {step["title"] for step in json.loads(timings.read_text())["steps"]}


def on_a_terminal(command, arguments, answers):
    """Runs it on a pseudo terminal; `answers` are typed when their question has appeared. Returns status and text."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [str(command.program), *arguments],
        cwd=command.cwd,
        env={**command.environment, "TERM": "xterm"},
        stdin=child,
        stdout=child,
        stderr=child,
        start_new_session=True,
    )
    os.close(child)
    seen, waiting, end = "", list(answers), time.monotonic() + 100
    while time.monotonic() < end:
        if select.select([parent], [], [], 0.2)[0]:
            try:
                seen += os.read(parent, 65536).decode(errors="replace")
            except OSError:  # Linux's way to say that the other end is closed
                break
        if waiting and waiting[0][0] in seen:
            question, answer = waiting.pop(0)
            seen = seen.replace(question, "", 1)
            os.write(parent, answer.encode() + b"\n")
    status = process.wait(10)
    os.close(parent)
    return status, seen


ENGINEER, LEAD, REMARKS = "is the audit right?", "shall it go out?", "Remarks"


def test_two_people_say_yes_on_the_terminal_and_the_mail_is_really_sent(ready, client_code):
    inbox = Inbox()
    answers = [(ENGINEER, "y"), (REMARKS, "read it"), (LEAD, "y"), (REMARKS, "")]
    with mail_server(inbox) as port:
        ready.settings |= {"CLIENTDESK_SMTP_HOST": "127.0.0.1", "CLIENTDESK_SMTP_PORT": str(port)}
        ready.settings["CLIENTDESK_SMTP_TLS"] = "none"
        status, seen = on_a_terminal(ready, ["onboard", client_code.address, *WHO], answers)

    assert status == 0, seen
    assert "valid until" in seen
    assert rows(ready, "select state from proposals") == [("sent",)]
    assert [envelope.rcpt_tos for envelope in inbox.received].count(["nora@harbour-bookings.com"]) == 1
    assert rows(ready, "select state from messages where recipient = 'nora@harbour-bookings.com'") == [("sent",)]


def test_no_on_the_terminal_sends_nothing(ready, client_code):
    answers = [(ENGINEER, "y"), (REMARKS, ""), (LEAD, "n"), (REMARKS, "")]

    status, seen = on_a_terminal(ready, ["onboard", client_code.address, *WHO], answers)

    assert status == 0, seen
    assert "not sent" in seen
    assert rows(ready, "select state from proposals") == [("in_review",)]


class Silent(OsvService):
    """Is asked, and does not answer until the test is over."""

    def __init__(self):
        super().__init__({})
        self.is_asked, self.is_over = threading.Event(), threading.Event()

    def answer(self, question):
        self.is_asked.set()
        self.is_over.wait(60)
        return 500, {}


def test_ctrl_c_while_a_check_runs_leaves_nothing_behind_and_the_run_is_cancelled(ready, client_code):
    with serving(Silent()) as silent:
        ready.settings["CLIENTDESK_OSV_URL"] = silent.address
        process = ready.started("onboard", client_code.address, *WHO, "--yes")
        try:
            assert silent.is_asked.wait(90)
            left = psutil.Process(process.pid).children(recursive=True)
            began = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=60)
            seconds = time.monotonic() - began
        finally:
            process.kill()
            silent.is_over.set()

    assert process.returncode == 130
    assert "stopped; what was done is kept" in said
    assert "Traceback" not in said
    assert seconds < 8
    _, alive = psutil.wait_procs(left, timeout=5)
    assert alive == []
    assert list((ready.home / "cache" / "clones").glob("clone-*")) == []
    states = rows(ready, "select state_name from flow_run order by created desc limit 3", "prefect/prefect.db")
    assert ("Cancelled",) in states
    assert not {("Running",), ("Crashed",), ("Pending",)} & set(states)
    assert rows(ready, "select count(*) from messages") == [(0,)]
