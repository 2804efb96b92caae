from __future__ import annotations

from dataclasses import replace
from datetime import date

from fakes.repository import RepositoryFromText

from clientdesk.audit.check import Area, Check
from clientdesk.audit.repository import ToolFailed
from clientdesk.audit.result import Outcome, Tool, judged
from clientdesk.audit.running import run_check

MONDAY = date(2026, 3, 2)


def check(look):
    return Check("sample", "Sample", Area.PROCESS, "things", "they matter", look)


def run(look):
    return run_check(check(look), RepositoryFromText({}), MONDAY, iter([10.0, 12.5]).__next__)


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
