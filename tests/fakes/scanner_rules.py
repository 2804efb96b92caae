"""The rules of the scanner as patterns: how far they see across lines, and words that they find."""

from __future__ import annotations

import json
import math
import random
import re
import re._parser as parser  # the only one there is; what it gives has been the same for ten years
import string
import subprocess
import warnings
from functools import cache

# A run of blanks without a limit counts for so many; empty lines count for nothing anyway.
BLANKS = 16


@cache
def rules(program):
    """Pattern by id."""
    told = subprocess.run([program, "rules", "list", "--format", "json"], capture_output=True, check=True)
    return {rule["id"]: python_of(rule["pattern"]) for rule in json.loads(told.stdout)}


def python_of(pattern):
    """Flags in the midst of a Rust pattern hold to the end of their group."""
    pattern = pattern.replace(r"\z", r"\Z")
    if lead := re.match(r"(\(\?[imsx]+\))+", pattern):
        pattern = f"(?{''.join(sorted(set(lead[0]) - set('(?)')))}){pattern[lead.end() :]}"
    midst = next((found for found in re.finditer(r"\(\?([imsx]+)\)", pattern) if found.start()), None)
    if midst is None:
        return pattern
    end = _end_of_group(pattern, midst.end())
    return python_of(f"{pattern[: midst.start()]}(?{midst[1]}:{pattern[midst.end() : end]}){pattern[end:]}")


def _end_of_group(pattern, at):
    depth, is_set = 0, False
    while at < len(pattern):
        letter = pattern[at]
        if letter == "\\":
            at += 1
        elif is_set:
            is_set = letter != "]"
        elif letter == "[":
            is_set = True
        elif letter == "(":
            depth += 1
        elif letter == ")":
            if not depth:
                return at
            depth -= 1
        at += 1
    return at


def _tree(pattern):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a bracket within brackets, which Rust takes for itself too
        return parser.parse(pattern)


def reach(pattern):
    """The most bytes from the first line end that the pattern can match to the last, both included.

    A line end at either end of it does not count: passages begin and end with lines.
    """
    tree = _tree(pattern)
    items, flags = list(tree), tree.state.flags
    while len(items) == 1 and str(items[0][0]) == "SUBPATTERN":
        flags |= items[0][1][1]
        items = list(items[0][1][3])
    return _extent(_trimmed(items, flags), flags)[1] or 0


def _trimmed(items, flags):
    while items and _of(items[-1], flags) == (0, None, 0):
        items.pop()
    if items and _is_end(items[-1], flags):
        items.pop()
    if items and _is_end(items[0], flags):
        items.pop(0)
    return items


def _is_end(item, flags):
    _, within, _ = _of(item, flags)
    return within is not None and within <= 2


def _extent(items, flags):
    """Bytes before, within and after what can match a line end; None within where nothing can."""
    before, within, after = 0, None, 0
    for item in items:
        b, w, a = _of(item, flags)
        if w is None:
            before, after = (before + b, 0) if within is None else (before, after + b)
        elif within is None:
            before, within, after = before + b, w, a
        else:
            within, after = within + after + b + w, a
    return before, within, after


def _of(item, flags):
    kind, about = str(item[0]), item[1]
    if kind in {"AT", "ASSERT", "ASSERT_NOT"}:
        return 0, None, 0
    if kind == "SUBPATTERN":
        return _extent(about[3], (flags | about[1]) & ~about[2])
    if kind == "BRANCH":
        ways = [_extent(one, flags) for one in about[1]]
        if all(within is None for _, within, _ in ways):
            return max(before for before, _, _ in ways), None, 0
        return 0, max(before + (within or 0) + after for before, within, after in ways), 0
    if kind in {"MAX_REPEAT", "MIN_REPEAT"}:
        return _repeated(*about, flags)
    return (0, 1, 0) if _is_line_end(kind, about, flags) else (1, None, 0)


def _repeated(_least, most, items, flags):
    before, within, after = _extent(items, flags)
    times = math.inf if most is parser.MAXREPEAT else most
    if within is None:
        return (before * times if before and times else 0), None, 0
    if times is math.inf and all(_is_blank(item) for item in items):
        times = BLANKS
    return 0, (before + within + after) * times, 0


def _is_line_end(kind, about, flags):
    if kind == "LITERAL":
        return about == ord("\n")
    if kind == "NOT_LITERAL":
        return about != ord("\n")
    if kind == "ANY":
        return bool(flags & re.DOTALL)
    assert kind == "IN", kind
    return "\n" in _letters(about, "\n")


def _is_blank(item):
    return str(item[0]) == "IN" and not set(_letters(item[1], string.printable)) - set(string.whitespace + "_.-")


def _letters(about, among):
    """Those that a set has."""
    tree = [(kind, value) for kind, value in about if str(kind) != "NEGATE"]
    is_in = [any(_has(str(kind), value, letter) for kind, value in tree) for letter in among]
    is_negated = len(tree) < len(about)
    return [letter for letter, one in zip(among, is_in, strict=True) if one != is_negated]


_SETS = {
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda letter: not letter.isspace(),
    "CATEGORY_WORD": lambda letter: letter.isalnum() or letter == "_",
    "CATEGORY_NOT_WORD": lambda letter: not (letter.isalnum() or letter == "_"),
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_NOT_DIGIT": lambda letter: not letter.isdigit(),
}


def _has(kind, value, letter):
    if kind == "LITERAL":
        return value == ord(letter)
    if kind == "RANGE":
        return value[0] <= ord(letter) <= value[1]
    return _SETS[str(value)](letter)


def words(pattern, seed):
    """Something that the pattern matches, on one line where it may be; most scanners ask for more than that."""
    tree = _tree(pattern)
    return _words(tree, random.Random(seed), tree.state.flags)


def _words(items, chance, flags):
    return "".join(_word(item, chance, flags) for item in items)


def _word(item, chance, flags):
    kind, about = str(item[0]), item[1]
    if kind in {"AT", "ASSERT", "ASSERT_NOT"}:
        return ""
    if kind == "SUBPATTERN":
        return _words(about[3], chance, flags)
    if kind == "BRANCH":
        return _words(chance.choice(about[1]), chance, flags)
    if kind in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, inner = about
        times = min(max(least, 1), most) if least < 4 else min(most, least + 4)
        return "".join(_words(inner, chance, flags) for _ in range(times))
    if kind == "IN":
        plain = _letters(about, string.ascii_letters + string.digits)
        return chance.choice(plain or _letters(about, string.printable))
    return chr(about) if kind == "LITERAL" else chance.choice(string.ascii_letters)
