"""What a file is, told from its path: the client's own code, tests, examples, somebody else's code, a tool's output."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    SOURCE = "source"
    TEST = "test"
    EXAMPLE = "example"
    DOCUMENTATION = "documentation"
    GENERATED = "generated"
    VENDORED = "vendored"


_VENDORED_FOLDERS = {
    "vendor", "vendored", "_vendor", "_vendored", "third_party", "third-party", "thirdparty", "3rdparty", "pods",
    "node_modules", "bower_components", "jspm_packages", "site-packages", ".yarn", ".pnp",
}  # fmt: skip
_TEST_FOLDERS = {
    "test", "tests", "spec", "specs", "__tests__", "__mocks__", "__fixtures__", "e2e", "cypress", "playwright",
    "testdata", "fixtures", "integration_tests", "integration-tests", "unit_tests", "test_data", "test-data",
    "testsuite", "androidtest",
}  # fmt: skip
_EXAMPLE_FOLDERS = {
    "example", "examples", "sample", "samples", "demo", "demos", "tutorial", "tutorials", "docs_src", "cookbook",
    "playground", "stories", "benchmark", "benchmarks",
    # What serves those who write the code, and reaches no customer.
    ".claude", ".cursor", ".semgrep", ".devcontainer", ".dockerdev", ".codesandbox", ".gitpod", ".vscode", ".idea",
    "devcontainer",
}  # fmt: skip
_DOCUMENTATION_FOLDERS = {"doc", "docs", "documentation", "site-docs", "dev-docs"}
_OUTPUT_FOLDERS = {"dist", "build", "out", "__generated__", "generated", ".next", "storybook-static", "coverage"}
_FOLDERS = {
    Role.VENDORED: _VENDORED_FOLDERS,
    Role.GENERATED: _OUTPUT_FOLDERS,
    Role.TEST: _TEST_FOLDERS,
    Role.EXAMPLE: _EXAMPLE_FOLDERS,
    Role.DOCUMENTATION: _DOCUMENTATION_FOLDERS,
}
_TEST_NAME = re.compile(
    r"^(?:(?:test_.*|.*_tests?|conftest|tests)\.py|.*[._-](?:test|tests|spec|cy|stories)\.[cm]?[jt]sx?|.*_(?:spec|test)\.rb"
    r"|.*_test\.go|.*(?:Test|Tests|TestCase|IT)\.(?:java|kt|php|cs|swift)|.*\.snap)$"
)
_GENERATED_NAME = re.compile(
    r"^.*(?:\.(?:min|bundle|chunk)\.(?:js|css|mjs)|\.map|_pb2(?:_grpc)?\.pyi?|\.pb\.go|\.g\.(?:dart|cs)|[._]generated\.[a-z]+)$"
)
_VENDORED_NAME = re.compile(
    r"^(jquery|bootstrap|modernizr|underscore|backbone|angular|d3)([.-].*)?\.js$", re.IGNORECASE
)
_BUILT_SUFFIXES = frozenset({".js", ".mjs", ".cjs", ".css", ".map", ".html"})
_DOCUMENTATION_NAME = re.compile(r"(?i)^(changelog|changes|history|news|readme|upgrading|contributing)\b")
_DOCUMENTATION_SUFFIXES = frozenset({".md", ".mdx", ".rst", ".adoc"})
_NOT_WRITTEN_HERE = re.compile(
    r"@generated\b|code generated .{0,80}do not edit|this file (?:is|was) auto-?(?:matically )?generated|\bemscripten\b"
    r"|@license\b|@preserve\b|^/\*!",
    re.IGNORECASE,
)

_LANGUAGES = {
    ".py": "Python", ".pyi": "Python", ".rb": "Ruby", ".rake": "Ruby", ".erb": "Ruby", ".js": "JavaScript",
    ".mjs": "JavaScript", ".cjs": "JavaScript", ".jsx": "JavaScript", ".ts": "TypeScript", ".mts": "TypeScript",
    ".cts": "TypeScript", ".tsx": "TypeScript", ".vue": "Vue", ".php": "PHP", ".go": "Go", ".java": "Java",
    ".kt": "Kotlin", ".cs": "C#", ".c": "C", ".h": "C", ".cc": "C++", ".cpp": "C++", ".hpp": "C++", ".rs": "Rust",
    ".swift": "Swift", ".scala": "Scala", ".ex": "Elixir", ".exs": "Elixir", ".sh": "Shell", ".sql": "SQL",
    ".pl": "Perl", ".lua": "Lua", ".dart": "Dart", ".svelte": "Svelte",
}  # fmt: skip
_LANGUAGES_BY_NAME = {"Rakefile": "Ruby", "Gemfile": "Ruby", "config.ru": "Ruby"}


# What is found in files comes file by file.
@lru_cache(maxsize=4096)
def role_of(path: str) -> Role:
    """The strongest claim wins: vendored, generated, test, example, documentation; else it is the client's source."""
    folder, name = _parted(path)
    claims = _claims_of(folder)
    if Role.VENDORED in claims or _VENDORED_NAME.match(name):
        return Role.VENDORED
    if _GENERATED_NAME.match(name) or (Role.GENERATED in claims and _suffix(name) in _BUILT_SUFFIXES):
        return Role.GENERATED
    if Role.TEST in claims or _TEST_NAME.match(name):
        return Role.TEST
    if Role.EXAMPLE in claims:
        return Role.EXAMPLE
    is_text = _suffix(name) in _DOCUMENTATION_SUFFIXES or (_DOCUMENTATION_NAME.match(name) and not language_of(path))
    return Role.DOCUMENTATION if Role.DOCUMENTATION in claims or is_text else Role.SOURCE


# Folders are few where files are many, and a list sorted by path asks for each of them many times in a row.
@lru_cache(maxsize=4096)
def _claims_of(folder: str) -> frozenset[Role]:
    """What the names on the way to a file say of it; of `GENERATED`, that files of some kinds there are built."""
    names = {part.lower() for part in folder.split("/")}
    return frozenset(role for role, known in _FOLDERS.items() if names & known)


def name_of(path: str) -> str:
    """The last part. A `PurePosixPath` puts all parts into Python's own table of names: too much for every file."""
    return _parted(path)[1]


def _parted(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name


def _suffix(name: str) -> str:
    """With its dot; "" for a name that only begins or ends with one."""
    stem, _, ending = name.rpartition(".")
    return f".{ending}" if stem and ending else ""


def is_own_code(path: str) -> bool:
    """Whether the client wrote it and runs it: neither tests nor examples nor anybody else's."""
    return role_of(path) is Role.SOURCE


def language_of(path: str) -> str:
    """The programming language, "" for what is not a program."""
    name = name_of(path)
    return _LANGUAGES_BY_NAME.get(name) or _LANGUAGES.get(_suffix(name).lower(), "")


def says_not_written_here(text: str) -> bool:
    """Whether the first lines say that a tool or somebody else wrote the file."""
    return _NOT_WRITTEN_HERE.search(text[:1000]) is not None
