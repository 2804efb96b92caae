"""Whatever is typed: one line that says what to do, and no traceback."""

import gc
import subprocess
import sys

import pytest

from clientdesk.cli.main import INTERRUPTED, WRONG_INPUT, cli, main
from clientdesk.domain.refusal import Refusal

WHO = ("--company", "X", "--contact", "Y", "--email", "y@harbour-bookings.com", "--yes")


def refused(done, *words):
    assert done.returncode == WRONG_INPUT, done.stderr
    assert "Traceback" not in done.stderr
    shown = [line for line in done.stderr.splitlines() if line and not line.startswith((" ✔", " ✘"))]  # the display
    assert len(shown) == 1, done.stderr
    for word in words:
        assert word in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["audit", "doctor", "onboard"])
def test_help_shows_an_example(clientdesk, command):
    done = clientdesk(command, "--help")

    assert done.returncode == 0
    assert f"  clientdesk {command}" in done.stdout.partition("Example")[2]


def test_help_lists_the_commands_and_an_example(clientdesk):
    done = clientdesk("--help")

    assert all(name in done.stdout for name in ("audit", "doctor", "onboard", "Example:"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("adit", "."), ["No such command 'adit'", "clientdesk --help"]),
        (("onboard", "."), ["Missing option", "onboard --help"]),
        (("onboard",), ["REPO"]),
        (("onboard", ".", "--company", "X", "--contact", "Y", "--email", "nora at home", "--yes"), ["--email"]),
        (("onboard", ".", "--company", " ", "--contact", "Y", "--email", "y@a.com", "--yes"), ["--company"]),
        (("onboard", ".", "--company", "X", "--contact", "", "--email", "y@a.com", "--yes"), ["--contact"]),
        (("onboard", ".", *WHO, "--expects", "miracles"), ["--expects", "miracles", "24x7"]),
        (("onboard", ".", *WHO, "--interest", "love"), ["--interest", "love"]),
        (("onboard", ".", *WHO, "--locale", "english"), ["--locale"]),
        (("onboard", ".", *WHO, "--country", "Germany"), ["--country"]),
        (("onboard", ".", *WHO[:-1]), ["--yes"]),
        (("onboard", ".", *WHO, "--out", "/dev/null/x"), ["--out"]),
        (("audit", ".", "--only", "sekurity"), ["sekurity", "security"]),
        (("audit", ".", "--format", "docx"), ["docx", "sarif"]),
        (("audit", ".", "--output", "missing/a.json"), ["missing", "--output"]),
    ],
)
def test_wrong_input_is_one_line_that_says_what_to_do(clientdesk, arguments, words):
    refused(clientdesk(*arguments), *words)


def test_folder_that_is_no_repository(clientdesk):
    refused(clientdesk("audit", "."), "git repository")


def test_address_that_does_not_exist(clientdesk):
    refused(clientdesk("audit", "/does/not/exist"), "/does/not/exist")


def test_host_that_does_not_answer(clientdesk):
    refused(clientdesk("audit", "https://127.0.0.1:9/a/b.git"), "can't be reached")


def test_empty_repository(clientdesk, repository_of):
    refused(clientdesk("audit", repository_of().address), "no commits")


@pytest.mark.parametrize("named", [("#nowhere",), ("", "--ref", "nowhere")])
def test_missing_branch(clientdesk, client_code, named):
    suffix, *options = named

    refused(clientdesk("audit", client_code.address + suffix, *options), "nowhere", "main")


def test_broken_agency_file_is_named_with_key_and_line(clientdesk):
    (clientdesk.cwd / "agency.toml").write_text("[rates]\ncurrency = 7\n", encoding="utf-8")

    done = clientdesk("audit", ".")

    assert done.returncode == WRONG_INPUT
    assert "Traceback" not in done.stderr
    assert "rates.currency" in done.stderr
    assert "line 2" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("CLIENTDESK_SMTP_PORT", "many"), ("CLIENTDESK_SMTP_HOSTS", "x"), ("CLIENTDESK_OSV_URL", "x")]
)
def test_bad_environment_variable_is_named(clientdesk, name, value):
    clientdesk.settings = {name: value} | ({"CLIENTDESK_SMTP_HOST": "localhost"} if "PORT" in name else {})

    refused(clientdesk("audit", "."), name)


def test_mistakes_answer_before_anything_heavy_is_loaded():
    loaded = (
        "import sys; from clientdesk.cli.main import main; sys.argv = ['clientdesk', 'onboard', '--help'];"
        "import atexit; heavy = {'prefect', 'weasyprint', 'git'};"
        "atexit.register(lambda: print(sorted(heavy & set(sys.modules))))"
        "; main()"
    )

    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.strip().splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Refusal("first\nsecond"), WRONG_INPUT, "clientdesk: first\nclientdesk: second\n"),
        (
            KeyboardInterrupt(),
            INTERRUPTED,
            "clientdesk: stopped; what was done is kept, and a second run goes on from there\n",
        ),
        (KeyError("x"), 1, "this is a defect in clientdesk (KeyError: 'x')"),
    ],
)
def test_each_end_has_its_status(monkeypatch, capsys, error, status, words):
    def fails(**_):
        raise error

    monkeypatch.setattr(cli, "main", fails)
    monkeypatch.delenv("CLIENTDESK_DEBUG", raising=False)

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == status
    assert words in capsys.readouterr().err


def test_nothing_is_looked_through_for_garbage_at_the_end(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["clientdesk", "adit"])
    before = gc.get_freeze_count()

    with pytest.raises(SystemExit):
        main()

    try:
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
