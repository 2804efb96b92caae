"""Lockfiles: whether the same code is built from the same packages tomorrow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import name_of
from clientdesk.audit.manifests import Inventory, Manifest, inventory
from clientdesk.audit.repository import Package, Repository, Unreadable
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged, not_applicable
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "lockfiles"
_LOCK_OF = {
    "PyPI": "uv.lock, poetry.lock or compiled requirements",
    "npm": "package-lock.json, yarn.lock or pnpm-lock.yaml",
    "RubyGems": "Gemfile.lock",
    "Packagist": "composer.lock",
}
_COMPLETE = {"npm", "RubyGems"}  # their locks hold every declared package, whatever the platform


def look(repository: Repository, _today: date) -> CheckResult:
    everything = inventory(repository)
    if not everything.manifests and not everything.locks:
        gaps = unread_gap(everything.unread)
        return judged(_ID, (), gaps[0], gaps=gaps) if gaps else not_applicable(_ID, "No packages are declared.")
    findings = (
        *(_unlocked(manifest, repository) for manifest in everything.manifests if not manifest.lock),
        *_rivals(everything.locks),
        *_stale(everything, repository),
    )
    return judged(
        _ID,
        findings,
        _reason(everything),
        metrics=_metrics(everything.packages, everything.locks),
        strengths=_strengths(everything, findings),
        gaps=unread_gap(everything.unread),
    )


def _unlocked(manifest: Manifest, repository: Repository) -> Finding:
    is_library = _is_library(manifest, repository)
    is_minor = is_library or all(package.development for package in manifest.packages)
    names = listed(sorted({package.name for package in manifest.packages if not package.version}) or ["all exact"])
    return Finding(
        check=_ID,
        rule="lockfiles.missing",
        severity=Severity.LOW if is_minor else Severity.MEDIUM,
        confidence=Confidence.MEDIUM if is_library else Confidence.HIGH,
        title=f"{manifest.path} has no lockfile",
        evidence=f"{counted(len(manifest.packages), 'package')} declared, without an exact version: {names}."
        + (" It looks like a library, for which a lock matters less." if is_library else ""),
        consequence="Two builds of the same code may differ: what was tested is not what goes live, and nobody can "
        "tell which versions run.",
        fix_now=f"Commit a lockfile ({_LOCK_OF.get(manifest.ecosystem, 'of its package manager')}).",
        fix_later="Install from the lockfile only, in tests and in production.",
        path=manifest.path,
        snippet="missing lockfile",
        cause="missing or stale lockfiles",
        effort="lockfiles.add",
    )


def _is_library(manifest: Manifest, repository: Repository) -> bool:
    """Whether it is published for others to install: their versions count, not the library's own."""
    folder, name = PurePosixPath(manifest.path).parent, PurePosixPath(manifest.path).name
    if name in {"setup.py", "setup.cfg"}:
        return True
    if name == "Gemfile":
        gems = (entry.path for entry in repository.files if entry.path.endswith(".gemspec"))
        return any(PurePosixPath(gem).parent == folder for gem in gems)
    if manifest.path.endswith("pyproject.toml"):
        try:
            return "[build-system]" in repository.text(manifest.path)
        except Unreadable:
            return False
    return False


def _rivals(locks: Sequence[str]) -> Iterator[Finding]:
    """More than one lock of JavaScript in a folder: they drift apart, and which one counts depends on who builds."""
    javascript = {"package-lock.json", "yarn.lock", "pnpm-lock.yaml", "npm-shrinkwrap.json"}
    by_folder: dict[str, list[str]] = defaultdict(list)
    for lock in locks:
        if PurePosixPath(lock).name in javascript:
            by_folder[PurePosixPath(lock).parent.as_posix()].append(PurePosixPath(lock).name)
    for folder, names in sorted(by_folder.items()):
        if len(names) > 1:
            yield Finding(
                check=_ID,
                rule="lockfiles.rivals",
                severity=Severity.LOW,
                confidence=Confidence.HIGH,
                title=f"{counted(len(names), 'lockfile')} of different package managers side by side",
                evidence=f"In {'the top folder' if folder == '.' else folder}: {listed(sorted(names))}.",
                consequence="Two people can build the same code with different packages and see different faults.",
                fix_now="Keep the one that the build uses, and remove the others.",
                path=(PurePosixPath(folder) / min(names)).as_posix(),
                snippet=" ".join(sorted(names)),
                cause="missing or stale lockfiles",
                effort="lockfiles.add",
            )


def _stale(everything: Inventory, repository: Repository) -> Iterator[Finding]:
    """Declared, but not in the lock: the lock was not brought up to date."""
    locked: dict[str, set[str]] = defaultdict(set)
    for package in everything.packages:
        locked[package.path].add(package.name.lower())
    paths = (PurePosixPath(entry.path) for entry in repository.files if name_of(entry.path) == "package.json")
    own = {path.parent.name for path in paths}
    for manifest in everything.manifests:
        if not manifest.lock or manifest.ecosystem not in _COMPLETE:
            continue
        missing = sorted({p.name for p in manifest.packages if p.name.lower() not in locked[manifest.lock]})
        missing = [name for name in missing if name.rpartition("/")[2] not in own]
        if missing:
            yield Finding(
                check=_ID,
                rule="lockfiles.stale",
                severity=Severity.LOW,
                confidence=Confidence.MEDIUM,
                title=f"{manifest.lock} lacks {counted(len(missing), 'declared package')}",
                evidence=f"Declared in {manifest.path}: {listed(missing)}.",
                consequence="The next build fetches whatever is newest for them, untested.",
                fix_now="Bring the lockfile up to date, and let the build fail when it is not.",
                path=manifest.lock,
                snippet=" ".join(missing),
                cause="missing or stale lockfiles",
                effort="lockfiles.add",
            )


def _reason(everything: Inventory) -> str:
    locked = sum(bool(manifest.lock) for manifest in everything.manifests)
    passed = len(everything.passed_over)
    aside = f" {counted(passed, 'file')} of tests, examples and documentation set aside." if passed else ""
    if not everything.manifests:
        return f"{counted(len(everything.locks), 'lockfile')}, no other manifest.{aside}"
    return f"{locked} of {counted(len(everything.manifests), 'manifest')} locked.{aside}"


def _metrics(packages: Sequence[Package], locks: Sequence[str]) -> dict[str, int | float | str]:
    metrics: dict[str, int | float | str] = {
        "packages.total": len(packages),
        "packages.direct": sum(package.direct is True for package in packages),
        "packages.transitive": sum(package.direct is False for package in packages),
        "packages.development": sum(package.development is True for package in packages),
        "packages.unpinned": sum(not package.version for package in packages),
        "packages.lockfiles": len(locks),
    }
    counts = Counter(package.ecosystem for package in packages)
    return metrics | {f"packages.{ecosystem.lower()}": number for ecosystem, number in sorted(counts.items())}


def _strengths(everything: Inventory, findings: Sequence[Finding]) -> tuple[str, ...]:
    if findings or everything.unread:
        return ()
    return ("Builds are repeatable: every package is locked to an exact version.",)


CHECK = Check(
    id=_ID,
    title="Lockfiles",
    area=Area.DEPENDENCIES,
    looks_for="manifests without a lockfile, rival lockfiles, locks that lag behind",
    matters_because="without a lock, what was tested is not what goes live",
    look=look,
    effort=(
        EffortRule(
            key="lockfiles.add",
            work="Mend {cause}",
            unit="manifest",
            fixed=hours("0.25", "0.5", "1"),
            per_unit=hours("0.25", "0.75", "2"),
            cap=Decimal(8),
        ),
    ),
)
