"""A real repository of hostile code, cloned and put through the analysers: each bad file costs itself, and is named."""

from __future__ import annotations

import time

import pytest

from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.adapters.toolbox import Toolbox
from clientdesk.audit.repository import OTHER_COMPLEXITY, OTHER_SECURITY, PYTHON_COMPLEXITY, PYTHON_SECURITY
from clientdesk.domain.intake import RepositoryAddress

DEEP = 20_000
GOOD = {
    "good.py": "def f(a):\n    assert a\n",
    "good.rb": "def f(a)\n  a\nend\n",
    "good.ts": "function f(a) { return a }\n",
}
LARGE = {"line.js": b"x" * 50_000_000, "zeros.py": b"\0" * 50_000_000, "line.py": b"x = '" + b"y" * 3_000_000 + b"'\n"}
NESTED = {
    "deep.py": "x = " + "(" * DEEP + "1" + ")" * DEEP + "\n",
    "minus.py": "x = " + "-" * 100_000 + "1\n",
    "sum.py": "x = " + "+".join(["a"] * 60_000) + "\n",
    "elif.py": "if a:\n    pass\n" + "elif a:\n    pass\n" * 5_000,
    "dots.py": "x" + ".a" * 30_000 + "\n",
    "deep.rb": "x = " + "[\n" * DEEP + "]\n" * DEEP,
    "deep.js": "x = " + "(\n" * DEEP + ")\n" * DEEP,
    "deep.ts": "let x = " + "[\n" * DEEP + "]\n" * DEEP,
    "deep.tsx": "const x = " + "<a>\n" * DEEP,
    "deep.go": "package a\nvar x = " + "(\n" * DEEP + ")\n" * DEEP,
    "deep.php": "<?php $x = " + "[\n" * DEEP + "]\n" * DEEP,
    "Deep.java": "class A { int x = " + "(\n" * DEEP + ")\n" * DEEP + "; }",
}
BYTES = {
    "nul.py": b"x = 1\0\n",
    "odd.py": b"# coding: nonsense\n",
    "utf16.py": "x = 1".encode("utf-16"),
    "odd.rb": b"\xff\xfe",
}


@pytest.fixture
def repository(repository_of, tmp_path):
    source = repository_of({**GOOD, **LARGE, **NESTED, **BYTES})
    limits = Limits(file_seconds=10, file_cpu_seconds=5, total_seconds=90)
    checkouts = GitCheckouts(tmp_path / "clones", Toolbox(limits=limits), folders_allowed=True)
    checkout = checkouts.fetch(RepositoryAddress(source.address))
    yield checkouts.open(checkout)
    checkouts.discard(checkout)


def test_bad_files_are_named_and_the_good_ones_assessed(repository):
    began = time.monotonic()
    reports = [repository.tool(key) for key in (PYTHON_COMPLEXITY, OTHER_COMPLEXITY, PYTHON_SECURITY, OTHER_SECURITY)]
    unread = {file.path: file.reason for report in reports for file in report.unread}
    functions = {function.path for report in reports[:2] for function in report.functions}

    assert time.monotonic() - began < 100
    assert set(GOOD) <= functions
    assert {*LARGE, "deep.py", "minus.py", "sum.py", "dots.py", "nul.py", "odd.py"} <= unread.keys()
    assert set(GOOD).isdisjoint(unread)
    assert all(unread.values())
    assert [issue.path for issue in reports[2].issues if issue.test_id == "B101"] == ["good.py"]
