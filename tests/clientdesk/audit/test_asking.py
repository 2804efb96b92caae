"""One tool that fails costs its own report; only where all fail there is none."""

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.asking import asked
from clientdesk.audit.repository import ToolFailed, ToolKey
from clientdesk.audit.result import Tool

RADON: ToolKey[str] = ToolKey("radon")
LIZARD: ToolKey[str] = ToolKey("lizard")
FAILED = ToolFailed("it is not installed", Tool("lizard", ""))


def test_one_that_failed_is_named_beside_what_the_others_said():
    repository = RepositoryFromText({}, {RADON: "a report", LIZARD: FAILED})

    assert asked(repository, [LIZARD, RADON]) == (["a report"], ("lizard: it is not installed",))


def test_where_every_tool_failed_there_is_no_report():
    with pytest.raises(ToolFailed, match="not installed"):
        asked(RepositoryFromText({}, {LIZARD: FAILED}), [LIZARD])


def test_where_none_is_asked_none_failed():
    assert asked(RepositoryFromText({}), []) == ([], ())
