from __future__ import annotations

import subprocess
import sys

from clientdesk.adapters.analysers import wire
from clientdesk.adapters.analysers.wire import Job


def answers(analyser, *jobs):
    command = [sys.executable, "-I", "-m", "clientdesk.adapters.analysers.worker", analyser, str(1 << 30), "10"]
    done = subprocess.run(command, input=wire.batch_bytes(jobs), capture_output=True, timeout=60, check=True)
    rest, found = done.stdout, []
    while rest:
        end = wire.HEAD + wire.answer_size(rest[: wire.HEAD])
        found.append(wire.answer_of(rest[wire.HEAD : end]))
        rest = rest[end:]
    return found


def test_worker_says_it_is_ready_then_answers_in_order():
    ready, first, second = answers("python_pass", Job("python", "1", b"def f(): pass\n"), Job("python", "2", b"x ="))

    assert ready == {"ready": True}
    assert first["functions"] == [["f", "function", 1, 1, 1]]
    assert "syntax error" in second["unread"]


def test_file_nested_beyond_the_parsers_means_costs_that_file_alone():
    _, deep, fine = answers("python_pass", Job("", "1", b"x = " + b"-" * 100_000 + b"1"), Job("", "2", b"x = 1\n"))

    assert "nested" in deep["unread"]
    assert "unread" not in fine


def test_language_without_grammar_is_unread():
    _, answer = answers("tree_sitter_pass", Job("cobol", "1", b"STOP RUN."))

    assert answer == {"unread": "no grammar for cobol"}
