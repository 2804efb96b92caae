"""How the repository is kept: what a newcomer finds, how much is tested, and what should not be in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import Role, language_of, role_of
from clientdesk.audit.repository import FileEntry, Repository, Unreadable
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged, not_applicable, told_once
from clientdesk.audit.wording import counted, listed
from clientdesk.domain.estimating import EffortRule, hours

_ID = "structure"
_PAPERS = {
    "readme": re.compile(r"(?i)^(docs/|\.github/)?readme(\.(md|rst|txt|adoc|markdown|rdoc|org))?$"),
    "licence": re.compile(r"(?i)^(licen[cs]es?|copying|unlicense|mit-licen[cs]e)([.-].*)?(/.*)?$"),
    "contributing": re.compile(r"(?i)^(docs/|\.github/)?contributing(\.\w+)?$"),
    "code_owners": re.compile(r"^(\.github/|docs/|\.gitlab/)?CODEOWNERS$"),
    "security_policy": re.compile(r"(?i)^(docs/|\.github/)?security(\.\w+)?$"),
    "docker": re.compile(r"(?i)(^|/)((dockerfile|containerfile)([.-].+)?|(docker-)?compose.*\.ya?ml)$"),
    "environment_sample": re.compile(
        r"(?i)(^|/)(\.env[.-]?(sample|example|template|dist|defaults?)|(sample|example)\.env)$"
    ),
}
_SAYS_HOW = re.compile(
    r"(?im)^[ \t]{0,12}(?:\$ \S+|>? ?(?:pip3?|uv|poetry|pipx|npm|npx|yarn|pnpm|bun|bundle|gem|rails|bin/\w+|make"
    r"|docker|docker-compose|go|cargo|composer|php|python3?|mvn|\./\S+|brew|git clone)[ \t]+\S+"
    r"|#{1,6}.{0,200}\b(?:install|setup|set up|getting started|quick ?start|usage|running|run it|develop(?:ment)?)\b)"
    r"|(?:install|setup|contributing|development)\.(?:md|rst|html)"
)
_HOW_TO_RUN = re.compile(
    r"(?i)^(docs?/)?(install(ation|ing)?|getting[-_]?started|setup|quick-?start|development|developing|hacking)"
    r"(\.(md|rst|txt|adoc|rdoc|html))?$"
)
_RUBBISH = re.compile(
    r"(^|/)(\.DS_Store|Thumbs\.db|desktop\.ini|[^/]+(?:\.pyc|\.swp|~|\.orig)|npm-debug\.log)$|(^|/)node_modules/"
)
_BIG = 5_000_000  # bytes; smaller ones are ordinary
_BINARY = re.compile(
    r"(?i)\.(zip|tar|gz|tgz|bz2|xz|7z|rar|jar|war|exe|dll|so|dylib|bin|iso|dmg|psd|ai|sketch|mp4|mov|avi|sqlite3?|db|dump"
    r"|bak|pdf|docx?|xlsx?|pptx?|whl|apk|ipa|pkl|h5|onnx|pt|parquet)$"
)
_ENOUGH_CODE = 20_000  # bytes; below it a ratio of tests says nothing
_FEW_TESTS = 0.15


@dataclass(slots=True)
class _Layout:
    """What is where, links left out: the first path of each kind of paper, sizes of code in bytes, and ballast."""

    files: int = 0
    papers: dict[str, str] = field(default_factory=dict)
    roles: Counter[Role] = field(default_factory=Counter)
    code_bytes: Counter[Role] = field(default_factory=Counter)
    test_files: int = 0
    big: list[FileEntry] = field(default_factory=list)
    rubbish: list[str] = field(default_factory=list)

    @property
    def source_bytes(self) -> int:
        return self.code_bytes[Role.SOURCE]

    @property
    def test_bytes(self) -> int:
        return self.code_bytes[Role.TEST]

    def add(self, entry: FileEntry) -> None:
        role, path = role_of(entry.path), entry.path
        self.files += 1
        self.roles[role] += 1
        if language_of(path):
            self.code_bytes[role] += entry.size
            self.test_files += role is Role.TEST
        for kind, pattern in _PAPERS.items():
            if kind not in self.papers and pattern.search(path):
                self.papers[kind] = path
        if entry.size >= _BIG and _BINARY.search(path):
            self.big.append(entry)
        if _RUBBISH.search(path):
            self.rubbish.append(path)


def look(repository: Repository, _today: date) -> CheckResult:
    layout = _layout(repository)
    if not layout.files:
        return not_applicable(_ID, "There are no files in this commit.")
    findings = (*_papers(layout, repository), *_tests(layout), *_ballast(layout))
    return judged(
        _ID,
        findings,
        f"{counted(layout.files, 'file')} looked at by name and size; the README was read.",
        metrics=_metrics(layout),
        strengths=tuple(_strengths(layout)),
    )


def _layout(repository: Repository) -> _Layout:
    layout = _Layout()
    for entry in repository.files:
        if not entry.is_link:
            layout.add(entry)
    return layout


def _papers(layout: _Layout, repository: Repository) -> Iterator[Finding]:
    if "readme" not in layout.papers:
        yield _finding(
            "structure.no-readme",
            Severity.MEDIUM,
            "There is no README",
            "No file of that name at the top.",
            "A new engineer needs somebody's time to get the software running; when that person has gone, days.",
            "Write one page: what it is, how to run it, how to test it, how to release it.",
            cause="documentation for newcomers",
        )
    elif not _says_how_to_run(layout.papers["readme"], repository):
        yield _finding(
            "structure.readme-silent",
            Severity.LOW,
            "The README does not say how to run the software",
            "No command and no section about installing, running or developing was found.",
            "A new engineer needs somebody's time to get the software running.",
            "Add the commands from a fresh clone to a running system.",
            path=layout.papers["readme"],
            confidence=Confidence.MEDIUM,
            cause="documentation for newcomers",
        )
    if "licence" not in layout.papers:
        yield _remark("structure.no-licence", "No licence is stated", "Fine for private code; say so in the README.")
    if "code_owners" not in layout.papers:
        yield _remark("structure.no-owners", "No CODEOWNERS file", "Name who reviews which part, once the team grows.")


def _says_how_to_run(path: str, repository: Repository) -> bool:
    """In the README, or in a paper that is named for it."""
    if any(_HOW_TO_RUN.match(entry.path) for entry in repository.files):
        return True
    try:
        return _SAYS_HOW.search(repository.text(path)) is not None
    except Unreadable:
        return False


def _tests(layout: _Layout) -> Iterator[Finding]:
    if layout.source_bytes < _ENOUGH_CODE:
        return
    ratio = layout.test_bytes / layout.source_bytes
    if not layout.test_files:
        yield _finding(
            "structure.no-tests",
            Severity.HIGH,
            "There are no tests",
            f"{layout.source_bytes // 1000:,} kB of code, and no file named or placed like a test.",
            "Nobody can tell whether a change breaks something, so changes are slow or risky.",
            "Write tests for the paths that earn money, and one for each fault that is mended.",
            confidence=Confidence.MEDIUM,
            cause="automated tests",
            effort="structure.tests",
        )
    elif ratio < _FEW_TESTS:
        yield _finding(
            "structure.few-tests",
            Severity.MEDIUM,
            "There are few tests",
            f"{counted(layout.test_files, 'test file')}, {ratio:.0%} of the code's size; coverage was not measured.",
            "Most changes can break something unnoticed.",
            "Write tests for the paths that earn money, and one for each fault that is mended.",
            confidence=Confidence.MEDIUM,
            cause="automated tests",
            effort="structure.tests",
        )


def _ballast(layout: _Layout) -> Iterator[Finding]:
    big, rubbish = sorted(layout.big, key=lambda entry: (-entry.size, entry.path)), layout.rubbish
    if big:
        yield _finding(
            "structure.big-binaries",
            Severity.LOW,
            f"{counted(len(big), 'large binary file')} in the repository",
            f"{listed(f'{entry.path} ({entry.size / 1_000_000:.1f} MB)' for entry in big)}.",
            "Every copy of the code carries every version of them for good; builds and newcomers wait.",
            "Keep them in a file store or Git LFS.",
            path=big[0].path,
            cause="ballast in the repository",
        )
    if rubbish:
        yield _finding(
            "structure.rubbish",
            Severity.LOW,
            f"{counted(len(rubbish), 'file')} that no repository needs",
            f"{listed(rubbish)}.",
            "They hide real changes and grow the repository.",
            "Remove them and name them in .gitignore.",
            path=rubbish[0],
            cause="ballast in the repository",
        )


_finding = partial(told_once, _ID, effort="structure.tidy")


def _remark(rule: str, title: str, fix_now: str) -> Finding:
    consequence = "It does no harm today; it saves a question later."
    return _finding(
        rule, Severity.INFO, title, "No such file in the usual places.", consequence, fix_now, cause=rule, effort=""
    )


def _metrics(layout: _Layout) -> dict[str, int | float | str]:
    ratio = layout.test_bytes / layout.source_bytes if layout.source_bytes else 0.0
    papers = {f"structure.{kind}": layout.papers.get(kind, "none") for kind in _PAPERS}
    return {
        **papers,
        "structure.test_files": layout.test_files,
        "structure.test_ratio": round(ratio, 2),
        "structure.vendored_files": layout.roles[Role.VENDORED],
        "structure.generated_files": layout.roles[Role.GENERATED],
    }


def _strengths(layout: _Layout) -> Iterator[str]:
    well_tested = 0.5
    if layout.source_bytes >= _ENOUGH_CODE and layout.test_bytes / layout.source_bytes >= well_tested:
        share = f"{layout.test_bytes / layout.source_bytes:.0%}"
        yield f"Tests are taken seriously: {share} of the size of the code, in {counted(layout.test_files, 'file')}."
    if "contributing" in layout.papers:
        yield "How to contribute is written down."


CHECK = Check(
    id=_ID,
    title="Structure and tests",
    area=Area.PROCESS,
    looks_for="a README that says how to run it, tests, large or stray files, licence and owners",
    matters_because="it decides how fast somebody new can work on it, and how safely",
    look=look,
    effort=(
        EffortRule(
            key="structure.tidy",
            work="Improve {cause}",
            unit="place",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("0.25", "0.75", "1.5"),
            cap=Decimal(6),
        ),
        EffortRule(
            key="structure.tests",
            work="Build up {cause} for the most important paths",
            unit="repository",
            fixed=hours("12", "20", "40"),
            per_unit=hours("0", "0", "0"),
            cap=Decimal(40),
        ),
    ),
)
