"""requirements.txt as pip reads it: includes, constraints, continued lines, hashes, markers, pip-compile's remarks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from clientdesk.audit.repository import Package, Unreadable
from clientdesk.audit.untyped import Malformed

FILE_NAME = re.compile(r"(^|[-_.])requirements?([-_.].*)?\.(txt|in)$|^(requirements|reqs)\.(txt|in)$", re.IGNORECASE)
DEVELOPMENT_NAME = re.compile(r"(^|[-_/.])(dev|develop|development|tests?|testing|docs?|lint|ci|typing|qa)([-_/.]|$)")
_INCLUDE = re.compile(r"^(?:-r|--requirement)(?:\s+|=)(.+)$|^-r(\S+)$")
_CONSTRAINT = re.compile(r"^(?:-c|--constraint)(?:\s+|=)(.+)$|^-c(\S+)$")
_OPTION_TAIL = re.compile(r"\s--(?:hash|config-settings|global-option|install-option)[= ].*$")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    via: tuple[str, ...]


def read(path: str, text_of: Callable[[str], str], seen: set[str]) -> tuple[Package, ...]:
    """What the file and the files it includes ask for; a file in `seen` is not read again.

    `text_of` raises `KeyError` or `Unreadable` for a file that can't be read; such an include is passed over.
    """
    constraints: dict[str, str] = {}
    found = list(_requirements(path, text_of, seen, constraints))
    return tuple(_constrained(package, constraints) for package in found)


def exact_version(requirement: Requirement) -> str:
    """The version where exactly one is allowed, else ""."""
    pins = [specifier for specifier in requirement.specifier if specifier.operator in {"==", "==="}]
    if len(pins) != 1 or pins[0].version.endswith(".*"):
        return ""
    return pins[0].version


def included(path: str, text: str) -> frozenset[str]:
    """The files that this one includes or takes constraints from, as paths in the repository."""
    targets = (_target(_INCLUDE, line.text) or _target(_CONSTRAINT, line.text) for line in _lines(text))
    return frozenset(_beside(path, target) for target in targets if target)


def _requirements(
    path: str, text_of: Callable[[str], str], seen: set[str], constraints: dict[str, str], depth: int = 0
) -> Iterator[Package]:
    if path in seen:
        return
    if depth > _DEEPEST:
        raise Malformed(f"included through more than {_DEEPEST} files")
    seen.add(path)
    try:
        text = text_of(path)
    except (KeyError, Unreadable):
        return
    for line in _lines(text):
        if target := _target(_INCLUDE, line.text):
            yield from _requirements(_beside(path, target), text_of, seen, constraints, depth + 1)
        elif target := _target(_CONSTRAINT, line.text):
            constrained = _requirements(_beside(path, target), text_of, seen, constraints, depth + 1)
            constraints |= {package.name: package.version for package in constrained if package.version}
        elif package := _package(path, line):
            yield package


def _package(path: str, line: _Line) -> Package | None:
    text = _OPTION_TAIL.sub("", line.text).strip()
    if text.startswith("-"):
        return None
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return None
    version = exact_version(requirement)
    is_development = True if DEVELOPMENT_NAME.search(path.lower()) else None
    return Package(
        "PyPI", canonicalize_name(requirement.name), version, path, line.number, _direct(line, version), is_development
    )


def _direct(line: _Line, version: str) -> bool | None:
    """pip-compile says what asked for a package; nobody but a person writes a range."""
    if line.via:
        return any(via.startswith("-r ") or via.endswith(")") for via in line.via)
    return None if version else True


def _constrained(package: Package, constraints: Mapping[str, str]) -> Package:
    if package.version or package.name not in constraints:
        return package
    version = constraints[package.name]
    return Package(
        package.ecosystem, package.name, version, package.path, package.line, package.direct, package.development
    )


def _lines(text: str) -> Iterator[_Line]:
    """Logical lines with the remarks below them that say "via"."""
    pending: _Line | None = None
    start, joined, via_open = 0, "", False
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not joined and raw.lstrip().startswith("#"):
            pending, via_open = _with_via(pending, raw, via_open)
            continue
        start = start or number
        joined += raw.removesuffix("\\") + " "
        if raw.endswith("\\"):
            continue
        code, _, remark = joined.partition(" #") if not joined.lstrip().startswith("#") else ("", "", "")
        if code.strip():
            if pending:
                yield pending
            pending = _Line(start, code.strip(), tuple(_via_names(remark)))
            via_open = False
        start, joined = 0, ""
    if pending:
        yield pending


def _with_via(line: _Line | None, raw: str, is_open: bool) -> tuple[_Line | None, bool]:
    if line is None or not raw.startswith(" "):
        return line, False
    says_via = raw.lstrip("# ").startswith("via")
    if not (says_via or is_open):
        return line, False
    return _Line(line.number, line.text, line.via + tuple(_via_names(raw.lstrip("# "), after_via=True))), True


def _via_names(remark: str, *, after_via: bool = False) -> Iterator[str]:
    remark = remark.strip()
    if remark.startswith("via"):
        remark = remark.removeprefix("via").strip()
    elif not after_via:
        return
    yield from (name.strip() for name in remark.split(",") if name.strip())


def _target(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return next((group.strip() for group in match.groups() if group), "") if match else ""


def _beside(path: str, target: str) -> str:
    return normpath(join(dirname(path), target))
