"""One Python file, parsed once, for radon and bandit together. Runs inside a worker only."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings

from radon.metrics import mi_compute

from clientdesk.adapters.analysers import django_data
from clientdesk.adapters.analysers.bandit_rules import BanditRules, nosec_lines
from clientdesk.adapters.analysers.python_syntax import explained
from clientdesk.adapters.analysers.python_walk import PythonWalk
from clientdesk.adapters.analysers.radon_count import Frame
from clientdesk.adapters.analysers.radon_lines import LineCounts, line_counts
from clientdesk.adapters.analysers.wire import Result


def analyse(_kind: str, data: bytes) -> Result:
    """Functions, figures and security findings of one file; `unread` says what could not be assessed, and why."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = _text(data, encoding)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the client's invalid escapes are no business of ours
            tree = ast.parse(data)
    except (SyntaxError, ValueError) as error:
        return {"unread": explained(error, data)}
    except RecursionError:
        return {"unread": "nested too deeply to be parsed"}
    walk = PythonWalk(BanditRules(data, nosec_lines(data)))
    try:
        walk.walk(tree)
    except RecursionError:
        return {"unread": "nested too deeply to be analysed"}
    walk.rules.look_at_file(text)
    result: Result = {"encoding": encoding, "functions": walk.module.blocks()}
    _add_figures(result, walk.module, walk.halstead.volume, text)
    result["issues"] = walk.rules.hits
    result |= django_data.facts(tree, data)
    if walk.rules.broken:
        result["unscanned"] = f"bandit's own rule failed: {'; '.join(walk.rules.broken[:3])}"
    return result


def _text(data: bytes, encoding: str) -> str:
    """As Python reads it: newlines translated, byte order mark dropped."""
    return io.TextIOWrapper(io.BytesIO(data), encoding).read().removeprefix("\ufeff")


def _add_figures(result: Result, module: Frame, volume: float, text: str) -> None:
    try:
        counts = line_counts(text)
    except SyntaxError as error:
        result["unmeasured"] = f"radon can't count its lines ({error.msg})"
        return
    result["figures"] = [counts.loc, counts.sloc, counts.comments, counts.blank]
    result["maintainability"] = _maintainability(volume, module.total_complexity(), counts)


def _maintainability(volume: float, complexity: int, counts: LineCounts) -> float:
    """As `radon mi` does by default: the lines of multi-line strings count as comments."""
    percent = (counts.comments + counts.multi) / counts.sloc * 100 if counts.sloc else 0
    return float(mi_compute(volume, complexity, counts.lloc, percent))
