"""Gemfile and Gemfile.lock; the Gemfile is a program, so only its plain `gem` and `group` lines are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from clientdesk.audit.repository import Package

_GEM = re.compile(r"""^\s*gem[\s(]+["']([\w.-]+)["']\s*(?:,\s*["']\s*(?:=\s*)?([^"']+)["'])?""")
_GROUP = re.compile(r"^\s*group[\s(]+([^\s(].{0,200}?)\)?\s{1,20}do\b")
_BLOCK_OPENS = re.compile(r"\bdo\b\s*(\|.*\|)?\s*(#.*)?$|^\s*(if|unless|case|def|begin)\b")
# Gems of the repository itself, and those for machines that no server is: no lock for servers holds them.
_OWN_BLOCK = re.compile(r"^\s*path\b.{0,200}\bdo\b")
_ELSEWHERE = re.compile(
    r"""[\s,:]path(?::|\s*=>)|\bplatforms?(?::|\s*=>)\s*(?:%i|%w)?[\[(]?\s*"""
    r"""(?:[:"']?(?:windows|mingw\w*|mswin\w*|x64_mingw\w*|jruby\w*|truffleruby)["']?[,\s\])]*)+(?:$|#|,\s*\w+(?::|\s*=>))"""
)
_INLINE_GROUP = re.compile(r"\bgroups?(?::|\s*=>)\s*(\[[^\]]*\]|:\w+)")
_SPEC = re.compile(r"^    ([\w.-]+) \(([^)]+)\)$")
_DEPENDENCY = re.compile(r"^  ([\w.-]+)!?(?: \(.*\))?$")
_PLATFORM = re.compile(r"-(?:x86|x64|aarch64|arm|java|mingw|mswin|universal|jruby|ruby|linux|darwin).*$")
_LONGEST_LINE = 1_000  # characters; nobody writes longer ones, and patterns are slow on them
_SHIPPED_GROUPS = {"default", "production", "assets"}


def gemfile(path: str, text: str) -> tuple[Package, ...]:
    """The gems named with a literal; a version only where it is exact."""
    return tuple(
        Package("RubyGems", name, version, path, number, True, is_development)
        for number, name, version, is_development in _gems(text)
    )


def gemfile_lock(path: str, text: str, declared: Sequence[Package]) -> tuple[Package, ...]:
    """Gems of every source but PATH, which is the repository itself; one entry per version, whatever its platforms."""
    direct = frozenset(_dependencies(text))
    development = {package.name: package.development for package in declared}
    found: dict[tuple[str, str], Package] = {}
    for number, name, version in _specs(text):
        found.setdefault(
            (name, version),
            Package("RubyGems", name, version, path, number, name in direct, development.get(name)),
        )
    return tuple(found.values())


def ruby_version(lock: str) -> str:
    """The version under RUBY VERSION, without its patch level; "" where none is locked."""
    match = re.search(r"^RUBY VERSION\n\s+ruby (\d+(?:\.\d+)+)", lock, re.MULTILINE)
    return match[1] if match else ""


def _gems(text: str) -> Iterator[tuple[int, str, str, bool]]:
    blocks: list[bool | None] = []
    own = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _LONGEST_LINE:
            continue
        if group := _GROUP.match(line):
            blocks.append(_is_development(group[1]))
        elif _OWN_BLOCK.match(line):
            blocks.append(None)
            own = len(blocks)
        elif line.strip().split("#")[0].strip() == "end" and blocks:
            own = 0 if own == len(blocks) else own
            blocks.pop()
        elif _BLOCK_OPENS.search(line) and not line.lstrip().startswith("#"):
            blocks.append(None)
        elif (gem := _GEM.match(line)) and not own and not _ELSEWHERE.search(line):
            inline = _INLINE_GROUP.search(line)
            is_development = _is_development(inline[1]) if inline else any(blocks)
            yield number, gem[1], _exact(gem[2] or ""), is_development


def _is_development(groups: str) -> bool:
    names = set(re.findall(r"\w+", groups))
    return bool(names) and not names & _SHIPPED_GROUPS


def _exact(wanted: str) -> str:
    return wanted.strip() if re.match(r"^\d+(\.\w+)*$", wanted.strip()) else ""


def _specs(text: str) -> Iterator[tuple[int, str, str]]:
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if line and not line.startswith(" "):
            section = line.strip()
        elif section in {"GEM", "GIT", "PLUGIN SOURCE"} and (match := _SPEC.match(line)):
            yield number, match[1], _PLATFORM.sub("", match[2])


def _dependencies(text: str) -> Iterator[str]:
    section: Mapping[str, bool] = {"DEPENDENCIES": True}
    is_open = False
    for line in text.splitlines():
        if line and not line.startswith(" "):
            is_open = section.get(line.strip(), False)
        elif is_open and (match := _DEPENDENCY.match(line)):
            yield match[1]
