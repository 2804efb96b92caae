"""What a pipeline's commands come to where they only name something of the repository: a script, a target, a task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientdesk.audit.classify import name_of
from clientdesk.audit.repository import Repository, Unreadable
from clientdesk.audit.untyped import Malformed, json_of, table, words

_LARGEST_READ = 100_000
_MOST_ROUNDS = 5
_MOST_TEXT = 400_000
_PACKAGE_SCRIPT = re.compile(
    r"\b(?:npm|yarn|pnpm|bun|npx|run-s|run-p|npm-run-all)((?:[ \t]+[@\w.:/*=-]{1,80}){1,12})", re.ASCII
)
_MAKE = re.compile(r"\b(?:g?make|just|task)((?:[ \t]+[\w.:/=-]{1,80}){1,12})", re.ASCII)
_RAKE = re.compile(r"\brake(?=[ \t]*(?:$|[;&|\"'\]]))", re.MULTILINE)
_FILE = re.compile(r"(?<![\w/.$-])\.?/?((?:[\w.-]{1,60}/){0,6}[\w.-]{1,60})", re.ASCII)
_TARGET = re.compile(r"^([\w./ -]{1,120}):(?!=)([^\n=]{0,300})$", re.MULTILINE)
_MAKEFILES = ("Makefile", "makefile", "GNUmakefile", "justfile", "Justfile")
_RAKE_DEFAULT = re.compile(r"\btask[ (]+:?[\"']?default[\"']?[ \t]*(?:=>|:)[ \t]*([^\n]{1,200})")
_RAKE_TESTS = re.compile(r"test|spec|cucumber")
_NAMED = frozenset({*_MAKEFILES, "Rakefile", "config/application.rb"})
_RAKE_TASK = re.compile(r"RSpec::Core::RakeTask|Rake::TestTask")
_SHELL = re.compile(r"\A#!\S{0,80}(?:[ \t]\S{0,20})?(?:ba|da|z)?sh\b|\A(?!#!)")


class NamedCommands:
    """Reads each named thing once, and only for its text."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._paths = {entry.path for entry in repository.files if not entry.is_link and _may_be_named(entry.path)}
        self._scripts = dict(self._package_scripts())
        self._targets = dict(self._make_targets())

    def spelled_out(self, commands: str) -> str:
        """The commands, and below them the text of all that they name, five steps deep."""
        told, due, seen = [commands], commands, {commands}
        for _ in range(_MOST_ROUNDS):
            fresh = [text for text in dict.fromkeys(self._named(due)) if text not in seen]
            seen.update(fresh)
            due = "\n".join(fresh)[:_MOST_TEXT]
            told.append(due)
            if not due:
                break
        return "\n".join(told)

    def text_of(self, path: str) -> str:
        """What a script of the repository comes to, "" for what is none."""
        return self.spelled_out(self._shell_text(path))

    def _named(self, commands: str) -> Iterator[str]:
        for match in _PACKAGE_SCRIPT.finditer(commands):
            for word in match[1].split():
                yield from self._scripts_called(word)
        for match in _MAKE.finditer(commands):
            yield from (self._targets[word] for word in match[1].split() if word in self._targets)
        if _RAKE.search(commands):
            yield from self._default_task()
        for match in _FILE.finditer(commands):
            if match[1] in self._paths and _is_script(match[1]):
                yield self._shell_text(match[1])

    def _scripts_called(self, name: str) -> Iterator[str]:
        """With what the package manager runs before and after it; a star stands for any ending."""
        if name.endswith("*"):
            yield from (text for script, text in self._scripts.items() if script.startswith(name[:-1]))
        yield from (self._scripts[one] for one in (f"pre{name}", name, f"post{name}") if one in self._scripts)

    def _package_scripts(self) -> Iterator[tuple[str, str]]:
        """The root's win over those of packages below."""
        paths = [path for path in self._paths if name_of(path) == "package.json"]
        for path in sorted(paths, key=lambda one: (-one.count("/"), one)):
            try:
                scripts = table(json_of(self._text(path)), "scripts")
            except Malformed:
                continue
            yield from ((name, words(text)) for name, text in scripts.items())

    def _make_targets(self) -> Iterator[tuple[str, str]]:
        for path in _MAKEFILES:
            if path not in self._paths:
                continue
            text = self._text(path)
            for match in _TARGET.finditer(text):
                needed = " ".join(f"make {name}" for name in match[2].split("##")[0].split())
                recipe = "\n".join(_indented(text, match.end()))
                yield from ((name, f"{needed}\n{recipe}") for name in match[1].split())

    def _default_task(self) -> Iterator[str]:
        """`rake` alone: what the Rakefile says, else the tests, which is what Rails and its test libraries add."""
        texts = [
            self._text(path)
            for path in sorted(self._paths)
            if path == "Rakefile" or (path.startswith("lib/tasks/") and path.endswith(".rake"))
        ]
        named = [match[1] for text in texts for match in _RAKE_DEFAULT.finditer(text)]
        adds_tests = "config/application.rb" in self._paths or any(_RAKE_TASK.search(text) for text in texts)
        if any(_RAKE_TESTS.search(name) for name in named) or (adds_tests and texts):
            yield "rake test"
        yield from named

    def _shell_text(self, path: str) -> str:
        text = self._text(path)
        return text if _SHELL.match(text) else ""

    def _text(self, path: str) -> str:
        try:
            return self._repository.text(path, _LARGEST_READ)
        except Unreadable:
            return ""


def _may_be_named(path: str) -> bool:
    return path in _NAMED or name_of(path) == "package.json" or path.endswith(".rake") or _is_script(path)


def _is_script(path: str) -> bool:
    name = name_of(path)
    return name.endswith((".sh", ".bash")) or ("." not in name.strip(".") and "/" in path)


def _indented(text: str, start: int) -> Iterator[str]:
    for line in text[start + 1 :].splitlines():
        if line.strip() and not line.startswith(("\t", "  ")):
            return
        yield line.strip().lstrip("@-+")
