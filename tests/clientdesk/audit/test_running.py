from __future__ import annotations

import threading
from contextvars import ContextVar
from dataclasses import replace
from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.check import Area, Check
from clientdesk.audit.repository import ToolFailed
from clientdesk.audit.result import Outcome, Tool, judged
from clientdesk.audit.running import run_check

MONDAY = date(2026, 3, 2)


def check(look):
    return Check("sample", "Sample", Area.PROCESS, "things", "they matter", look)


def run(look, **limit):
    return run_check(check(look), RepositoryFromText({}), MONDAY, iter([10.0, 12.5]).__next__, **limit)


def raises(error):
    def look(repository, today):
        raise error

    return look


def test_a_result_gets_its_wall_time():
    assert run(lambda repository, today: judged("sample", (), "fine")).seconds == 2.5


def test_a_failed_tool_is_could_not_run_with_its_reason():
    result = run(raises(ToolFailed("bandit took too long", Tool("bandit", "1.9"))))

    assert (result.outcome, result.reason, result.tool.name, result.seconds) == (
        Outcome.COULD_NOT_RUN,
        "bandit took too long",
        "bandit",
        2.5,
    )


def test_a_defect_of_a_check_names_check_and_error_and_is_logged(caplog):
    result = run(raises(ZeroDivisionError("secret detail")))

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert result.reason == "The check sample stopped with an error of its own (ZeroDivisionError)."
    assert "ZeroDivisionError" in caplog.text


def test_the_check_sees_the_day_it_was_given():
    seen = []
    run_check(
        replace(check(lambda repository, today: seen.append(today) or judged("sample", (), "fine"))),
        RepositoryFromText({}),
        MONDAY,
        lambda: 0.0,
    )

    assert seen == [MONDAY]


def test_check_that_hangs_is_given_up_and_says_so():
    ended = threading.Event()

    result = run(lambda repository, today: ended.wait(30) and judged("sample", (), "fine"), seconds=0.05)

    ended.set()
    assert (result.outcome, result.reason) == (
        Outcome.COULD_NOT_RUN,
        "It took longer than the 0.05 seconds that one check may have.",
    )


@pytest.mark.parametrize("error", [RecursionError(), MemoryError()])
def test_what_is_too_deep_or_too_large_is_the_repositorys_fault_and_not_the_checks(error):
    result = run(raises(error))

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert result.reason.startswith("Something in the repository")


def test_the_check_runs_in_the_callers_context():
    name = ContextVar("name")
    name.set("run 7")

    assert run(lambda repository, today: judged("sample", (), name.get())).reason == "run 7"
