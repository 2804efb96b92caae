"""No pattern that meets a client's text may take more than linear time: one that does stops the whole process."""

from __future__ import annotations

import ast
import importlib
import math
import pkgutil
import re
import signal
import time
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import clientdesk.adapters.analysers
import clientdesk.audit

LENGTH, TIMES = 3_000, 6
# For a text six times as long a linear pattern takes six times as long, a quadratic one 36 times.
MOST_TIMES = 15
NOTABLE, GIVE_UP = 0.001, 0.5
CALLS = {"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
PIECES = (
    *" \t\n\r\x0ba0-_./\\'\"`()[]{}<>#=:;,@$%&*+!?|~^é\0",
    *("a ", "a.", "a-", "a/", "a:", "a=", "a,", "a\n", "0.", "0 ", "- ", " \n", "\n\n ", ": ", "= ", "'a", '"a"', "a@"),
    *("${", "<a", "a(", "a[", "[a]", "{}", "--", "# ", "://", "aA", "0a", "\\\n", "\\'", "a=b ", "a: b\n", "-a "),
)


ROOMS = (clientdesk.audit, clientdesk.adapters.analysers)


def _modules():
    names = [one.name for room in ROOMS for one in pkgutil.walk_packages(room.__path__, room.__name__ + ".")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # bandit's plug-in loader calls its own library wrongly
        return [importlib.import_module(name) for name in names]


def _compiled(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns in a value of a module: alone, in tables and rows, in the fields of frozen values."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from (pattern for pair in value.items() for one in pair for pattern in _compiled(one))
    elif isinstance(value, tuple | list | frozenset | set):
        yield from (pattern for one in value for pattern in _compiled(one))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (pattern for field in fields(value) for pattern in _compiled(getattr(value, field.name)))


def _written(module) -> Iterator[re.Pattern[str]]:
    """The patterns given to `re.search` and its kin where they are used."""
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CALLS
            and ast.unparse(node.func.value) == "re"
            and isinstance(node.args[0], ast.Constant)
        ):
            flags = [ast.unparse(one) for one in (*node.args[2:], *(k.value for k in node.keywords))]
            yield re.compile(node.args[0].value, sum(getattr(re, f[3:]) for f in flags if f.startswith("re.")))


def _all_patterns():
    found = {}
    for module in _modules():
        name = module.__name__.removeprefix("clientdesk.")
        for pattern in (*(one for value in vars(module).values() for one in _compiled(value)), *_written(module)):
            found.setdefault((pattern.pattern, pattern.flags), pytest.param(pattern, id=f"{name} {pattern.pattern}"))
    return list(found.values())


def _texts(pattern: str, length: int) -> Iterator[str]:
    """Repeated pieces, alone and after each word of the pattern, so that it gets past its own beginning."""
    words = dict.fromkeys(re.findall(r"[A-Za-z0-9_@:=<-]{2,}", re.sub(r"\\[A-Za-z]", " ", pattern)))
    for piece in (*PIECES, *words, *(f"{word} " for word in words), *(f"{word}\n" for word in words)):
        repeated = piece * (length // len(piece))
        yield repeated
        yield f"{repeated}\0"
    for word in words:
        for piece in (" ", "a", "-", "(", "a ", '"', "\n", "\t"):
            yield word + piece * length


class _TooSlow(Exception):
    pass


@pytest.fixture
def alarm():
    """Ends what would never end, by the clock of this process's own computing."""

    def ring(_number, _frame):
        raise _TooSlow

    before = signal.signal(signal.SIGVTALRM, ring)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def _seconds(pattern: re.Pattern[str], text: str, enough: float) -> float:
    """Of computing; the best of three, if the first is more than `enough`: a busy machine is no slow pattern."""
    best = math.inf
    for _ in range(3):
        signal.setitimer(signal.ITIMER_VIRTUAL, GIVE_UP)
        began = time.thread_time()
        try:
            for found in pattern.finditer(text):
                if found.lastgroup == "unknown":
                    break  # whoever cuts a text into named pieces gives up at the first that has no name
        except _TooSlow:
            return math.inf
        best = min(best, time.thread_time() - began)
        if best <= enough:
            break
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return best


@pytest.mark.parametrize("pattern", _all_patterns())
def test_pattern_is_linear(pattern, alarm):
    if isinstance(pattern.pattern, bytes):
        pattern = re.compile(pattern.pattern.decode("latin-1"), (pattern.flags & ~re.LOCALE) | re.ASCII)
    for text, longer in zip(_texts(pattern.pattern, LENGTH), _texts(pattern.pattern, LENGTH * TIMES), strict=True):
        seconds = _seconds(pattern, text, NOTABLE)
        most = MOST_TIMES * seconds
        if seconds > NOTABLE and (seconds == math.inf or _seconds(pattern, longer, most) > most):
            pytest.fail(f"{pattern.pattern!r} needs more than linear time for {text[:30]!r}...{text[-5:]!r}")


@pytest.mark.parametrize("pattern", [r"(a|a)*b", r"a+b", r"[ \t]+$", r"npm:(@?[^@]+)@"])
def test_slow_pattern_would_be_noticed(pattern, alarm):
    with pytest.raises(pytest.fail.Exception):
        test_pattern_is_linear(re.compile(pattern), alarm)
