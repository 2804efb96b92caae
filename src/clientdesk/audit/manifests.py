"""What a repository depends on, read from its manifests and lockfiles; nothing of them is executed or resolved."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from weakref import WeakKeyDictionary

from clientdesk.audit.classify import Role, name_of, role_of
from clientdesk.audit.formats import (
    composer,
    golang,
    npm,
    python_locks,
    python_setup,
    requirements,
    ruby,
    yarn_pnpm,
)
from clientdesk.audit.formats.workspaces import is_member
from clientdesk.audit.repository import Package, Repository, Unreadable, UnreadFile
from clientdesk.audit.untyped import Malformed

_LOCKFILE_LIMIT = 10_000_000  # bytes; a package-lock.json of a large front end has three to six million

_ReadManifest = Callable[[str, str], tuple[Package, ...]]
_ReadLock = Callable[[str, str, Sequence[Package]], tuple[Package, ...]]

_MANIFESTS: dict[str, tuple[str, _ReadManifest]] = {
    "pyproject.toml": ("PyPI", python_locks.pyproject),
    "Pipfile": ("PyPI", python_locks.pipfile_manifest),
    "setup.cfg": ("PyPI", python_setup.setup_cfg),
    "setup.py": ("PyPI", python_setup.setup_py),
    "package.json": ("npm", npm.package_json),
    "Gemfile": ("RubyGems", ruby.gemfile),
    "composer.json": ("Packagist", composer.composer_json),
}
_LOCKS: dict[str, tuple[str, _ReadLock]] = {
    "poetry.lock": ("PyPI", python_locks.poetry),
    "uv.lock": ("PyPI", python_locks.uv),
    "pdm.lock": ("PyPI", python_locks.pdm),
    "Pipfile.lock": ("PyPI", python_locks.pipfile),
    "pylock.toml": ("PyPI", python_locks.pylock),
    "package-lock.json": ("npm", npm.package_lock),
    "npm-shrinkwrap.json": ("npm", npm.package_lock),
    "yarn.lock": ("npm", yarn_pnpm.yarn),
    "pnpm-lock.yaml": ("npm", yarn_pnpm.pnpm),
    "Gemfile.lock": ("RubyGems", ruby.gemfile_lock),
    "composer.lock": ("Packagist", composer.composer_lock),
    "go.mod": ("Go", golang.go_mod),
}
_PYLOCK_NAME = re.compile(r"^pylock\.[^.]+\.toml$")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A file in which people write what they depend on; `lock` is the file that pins it, "" where there is none."""

    path: str
    ecosystem: str
    packages: tuple[Package, ...]
    lock: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything depended on. `packages` are the pinned ones, and the declared ones of manifests without a lock.

    `passed_over` are dependency files of tests, examples, documentation and other people's code.
    """

    packages: tuple[Package, ...]
    manifests: tuple[Manifest, ...]
    locks: tuple[str, ...]
    unread: tuple[UnreadFile, ...] = ()
    passed_over: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    declared: dict[str, tuple[str, tuple[Package, ...]]] = field(default_factory=dict)
    pinned: dict[str, tuple[str, tuple[Package, ...]]] = field(default_factory=dict)
    unread: list[UnreadFile] = field(default_factory=list)


def packages(repository: Repository) -> tuple[Package, ...]:
    """Every package the product depends on, as far as its files tell; sorted, each place once."""
    return inventory(repository).packages


@dataclass(slots=True)
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    inventory: Inventory | None = None


# Many checks ask, and lockfiles are long. A repository's answers stay the same, so what was read of it does too.
_KEPT: WeakKeyDictionary[Repository, _Kept] = WeakKeyDictionary()
_GUARD = threading.Lock()


def inventory(repository: Repository) -> Inventory:
    """All dependency files of the client's own code, read once for each repository, however many ask at once."""
    with _GUARD:
        kept = _KEPT.setdefault(repository, _Kept())
    with kept.lock:
        if kept.inventory is None:
            kept.inventory = _inventory(repository)
        return kept.inventory


def _inventory(repository: Repository) -> Inventory:
    paths = [entry.path for entry in repository.files if not entry.is_link and is_dependency_file(entry.path)]
    own = [path for path in paths if role_of(path) is Role.SOURCE]
    gathered = _Gathered()
    _read_manifests(repository, own, gathered)
    _read_requirements(repository, own, gathered)
    _read_locks(repository, own, gathered)
    manifests = tuple(_manifest(repository, path, gathered) for path in sorted(gathered.declared))
    loose = [package for manifest in manifests if not manifest.lock for package in manifest.packages]
    pinned = [package for _, found in gathered.pinned.values() for package in found]
    return Inventory(
        packages=tuple(sorted(set(pinned + loose), key=_order)),
        manifests=manifests,
        locks=tuple(sorted(gathered.pinned)),
        unread=tuple(sorted(gathered.unread, key=lambda file: file.path)),
        passed_over=tuple(path for path in paths if role_of(path) is not Role.SOURCE),
    )


def is_dependency_file(path: str) -> bool:
    name = name_of(path)
    return name in _MANIFESTS or _lock_name(name) in _LOCKS or _is_requirements(path)


def _lock_name(name: str) -> str:
    return "pylock.toml" if _PYLOCK_NAME.match(name) else name


def _is_requirements(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    is_inside = name_of(folder) in {"requirements", "reqs"}
    return bool(requirements.FILE_NAME.search(name)) or (is_inside and PurePosixPath(name).suffix in {".txt", ".in"})


def _read_manifests(repository: Repository, paths: Iterable[str], gathered: _Gathered) -> None:
    for path in paths:
        if PurePosixPath(path).name in _MANIFESTS:
            ecosystem, read = _MANIFESTS[PurePosixPath(path).name]
            found = _attempt(repository, path, gathered, read)
            if found:
                gathered.declared[path] = (ecosystem, found)


def _read_locks(repository: Repository, paths: Iterable[str], gathered: _Gathered) -> None:
    for path in paths:
        name = _lock_name(PurePosixPath(path).name)
        if name in _LOCKS:
            ecosystem, read = _LOCKS[name]
            declared = _declared_beside(path, ecosystem, gathered)
            found = _attempt(repository, path, gathered, lambda where, text: read(where, text, declared))  # noqa: B023 -- called at once
            if found is not None:
                gathered.pinned[path] = (ecosystem, found)


def _attempt(repository: Repository, path: str, gathered: _Gathered, read: _ReadManifest) -> tuple[Package, ...] | None:
    try:
        return read(path, repository.text(path, _LOCKFILE_LIMIT))
    except (Malformed, Unreadable) as error:
        gathered.unread.append(UnreadFile(path, str(error)))
        return None


def _read_requirements(repository: Repository, paths: Sequence[str], gathered: _Gathered) -> None:
    """A file of exact versions only counts as a lock, any other as a manifest; an included one goes with its host."""
    candidates = [path for path in paths if _is_requirements(path)]
    texts = {path: _text_or_unread(repository, path, gathered) for path in candidates}
    inner = {target for path, text in texts.items() for target in requirements.included(path, text) if target != path}
    seen: set[str] = set()
    for path in sorted(candidates, key=lambda path: path in inner):
        try:
            found = requirements.read(path, repository.text, seen)
        except Malformed as error:
            gathered.unread.append(UnreadFile(path, str(error)))
            continue
        if found and all(package.version for package in found) and not path.endswith(".in"):
            gathered.pinned[path] = ("PyPI", found)
        elif found:
            gathered.declared[path] = ("PyPI", found)


def _text_or_unread(repository: Repository, path: str, gathered: _Gathered) -> str:
    try:
        return repository.text(path, _LOCKFILE_LIMIT)
    except Unreadable as error:
        gathered.unread.append(UnreadFile(path, str(error)))
        return ""


def _declared_beside(path: str, ecosystem: str, gathered: _Gathered) -> tuple[Package, ...]:
    """What manifests in the lock's folder declare, and those of its workspaces below."""
    folder = _folder(path)
    return tuple(
        package
        for manifest, (kind, found) in gathered.declared.items()
        if kind == ecosystem and (_folder(manifest) == folder or manifest.startswith(folder))
        for package in found
    )


def _manifest(repository: Repository, path: str, gathered: _Gathered) -> Manifest:
    ecosystem, found = gathered.declared[path]
    locks = [lock for lock, (kind, _) in gathered.pinned.items() if kind == ecosystem]
    beside = [lock for lock in locks if _folder(lock) == _folder(path)]
    above = [lock for lock in locks if is_member(repository, _folder(lock), _folder(path))]
    compiled = [lock for lock in locks if lock == path.removesuffix(".in") + ".txt"]
    return Manifest(path, ecosystem, found, next(iter(compiled + beside + above), ""))


def _folder(path: str) -> str:
    """With its slash, "" for the root."""
    parent = PurePosixPath(path).parent.as_posix()
    return "" if parent == "." else f"{parent}/"


def _order(package: Package) -> tuple[str, str, str, str, int]:
    return (package.ecosystem, package.name, package.version, package.path, package.line)
