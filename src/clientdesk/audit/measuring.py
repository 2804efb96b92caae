"""Asks the complexity analysers about the client's own code, and says what they could not measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clientdesk.audit.asking import asked
from clientdesk.audit.classify import is_own_code, language_of, says_not_written_here
from clientdesk.audit.repository import (
    OTHER_COMPLEXITY,
    PYTHON_COMPLEXITY,
    ComplexityReport,
    Function,
    Repository,
    ToolKey,
    Unreadable,
    UnreadFile,
)
from clientdesk.audit.result import Tool
from clientdesk.audit.wording import listed, unread_gap

_OTHER_LANGUAGES = {"Ruby", "JavaScript", "TypeScript", "PHP", "Go", "Java"}
_NOTABLE_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """What the analysers said. `missing` has a sentence for each analyser that failed, and for languages unmeasured."""

    reports: tuple[ComplexityReport, ...]
    missing: tuple[str, ...]

    @property
    def unread(self) -> list[UnreadFile]:
        """The client's own files that could not be measured."""
        return [file for report in self.reports for file in report.unread if is_own_code(file.path)]

    @property
    def gaps(self) -> tuple[str, ...]:
        return (*self.missing, *unread_gap(self.unread))

    @property
    def functions(self) -> Iterator[Function]:
        """Of the client's own code. A class's figure is the mean of its methods, which are counted themselves."""
        return (f for report in self.reports for f in report.functions if f.kind != "class" and is_own_code(f.path))

    @property
    def tool(self) -> Tool:
        reports = self.reports
        return Tool(" + ".join(r.tool.name for r in reports), ", ".join(r.tool.version for r in reports))


def measured(repository: Repository) -> Measured | None:
    """None where no code is in a language that is measured; raises `ToolFailed` if every analyser failed."""
    sizes = _sizes_by_language(repository)
    keys = _tools_for(sizes)
    if not keys:
        return None
    reports, failed = asked(repository, keys)
    return Measured(tuple(reports), (*failed, *_languages_not_measured(sizes)))


def is_written_elsewhere(repository: Repository, path: str) -> bool:
    """Whether the file's first lines say that a tool or somebody else wrote it."""
    try:
        return says_not_written_here(repository.text(path))
    except (Unreadable, KeyError):
        return False


def _sizes_by_language(repository: Repository) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for entry in repository.files:
        if not entry.is_link and is_own_code(entry.path) and (language := language_of(entry.path)):
            sizes[language] += entry.size
    return sizes


def _tools_for(sizes: Counter[str]) -> list[ToolKey[ComplexityReport]]:
    python = [PYTHON_COMPLEXITY] if "Python" in sizes else []
    return python + ([OTHER_COMPLEXITY] if sizes.keys() & _OTHER_LANGUAGES else [])


def _languages_not_measured(sizes: Counter[str]) -> tuple[str, ...]:
    unknown = [name for name in sizes if name not in _OTHER_LANGUAGES | {"Python", "SQL", "Shell"}]
    notable = [name for name in sorted(unknown) if sizes[name] > _NOTABLE_SHARE * sizes.total()]
    return (f"{listed(notable, 9)} code was not measured.",) if notable else ()
