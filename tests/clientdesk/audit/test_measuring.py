import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.measuring import is_written_elsewhere, measured
from clientdesk.audit.repository import (
    OTHER_COMPLEXITY,
    PYTHON_COMPLEXITY,
    ComplexityReport,
    Function,
    ToolFailed,
    UnreadFile,
)
from clientdesk.audit.result import Tool

RADON = ComplexityReport(
    Tool("radon", "6"),
    (
        Function("a.py", "f", "function", 1, 2, 3),
        Function("a.py", "C", "class", 1, 9, 3),
        Function("tests/test_a.py", "t", "function", 1, 2, 3),
    ),
    (),
    (UnreadFile("b.py", "too deep"),),
)


def test_only_functions_of_own_code_count():
    code = measured(RepositoryFromText({"a.py": ""}, {PYTHON_COMPLEXITY: RADON}))

    assert [function.name for function in code.functions] == ["f"]
    assert code.gaps == ("1 file could not be read, the first being b.py (too deep).",)


def test_one_analyser_that_failed_is_a_gap_and_all_are_a_failure():
    failed = ToolFailed("it is not installed", Tool("tree-sitter", ""))
    files = {"a.py": "x = 1\n", "a.ts": "let x = 1\n"}

    code = measured(RepositoryFromText(files, {PYTHON_COMPLEXITY: RADON, OTHER_COMPLEXITY: failed}))

    assert code.gaps[0] == "tree-sitter: it is not installed"
    with pytest.raises(ToolFailed):
        measured(RepositoryFromText(files, {PYTHON_COMPLEXITY: failed, OTHER_COMPLEXITY: failed}))


def test_a_repository_without_code_has_nothing_to_measure():
    assert measured(RepositoryFromText({"README.md": "words"})) is None


def test_first_lines_say_who_wrote_a_file():
    repository = RepositoryFromText({"a.py": "# @generated\n", "b.py": "x = 1\n", "c.py": b"\0"})

    assert [is_written_elsewhere(repository, path) for path in ("a.py", "b.py", "c.py", "d.py")] == [True] + [False] * 3
