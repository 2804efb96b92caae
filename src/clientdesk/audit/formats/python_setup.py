"""What setup.cfg and setup.py declare, read as text: a setup.py is a program, and it is never run."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterable, Iterator

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from clientdesk.audit.formats.requirements import exact_version
from clientdesk.audit.repository import Package
from clientdesk.audit.untyped import Malformed

_LONGEST_PROGRAM = 100_000  # characters


def setup_cfg(path: str, text: str) -> tuple[Package, ...]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise Malformed("not a valid setup.cfg") from error
    runtime = parser.get("options", "install_requires", fallback="").splitlines()
    return tuple(_packages(runtime, path, 0))


def setup_py(path: str, text: str) -> tuple[Package, ...]:
    """The literal list given as `install_requires`; raises `Malformed` where the list is computed."""
    if len(text) > _LONGEST_PROGRAM:
        raise Malformed("too long a program for a setup.py")
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Malformed("not Python that can be parsed here") from error
    found: list[Package] = []
    for keyword in _keywords(tree, "install_requires"):
        if not isinstance(keyword.value, ast.List | ast.Tuple):
            raise Malformed("computes install_requires; it would have to be run to be known")
        for item in keyword.value.elts:
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                found += _packages([item.value], path, item.lineno)
    return tuple(found)


def _keywords(tree: ast.Module, name: str) -> Iterator[ast.keyword]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == name)


def _packages(lines: Iterable[str], path: str, line: int) -> Iterator[Package]:
    for text in lines:
        try:
            requirement = Requirement(text.split("#")[0].strip())
        except InvalidRequirement:
            continue
        name = canonicalize_name(requirement.name)
        yield Package("PyPI", name, exact_version(requirement), path, line, direct=True, development=False)
