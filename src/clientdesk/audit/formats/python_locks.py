"""The lockfiles of Python: poetry, uv, pdm, Pipfile and pylock (PEP 751), with what each says about its packages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from clientdesk.audit.formats.requirements import exact_version
from clientdesk.audit.repository import Package
from clientdesk.audit.untyped import json_of, rows, table, toml_of, words

_DEVELOPMENT = re.compile(
    r"(?i)^(dev|develop|development|tests?|testing|docs?|lint|typing|types|qa|ci|pre-?commit|tox)\b"
)


def poetry(path: str, text: str, declared: Iterable[Package]) -> tuple[Package, ...]:
    """poetry.lock. Old ones name a category, new ones groups; what is direct stands in pyproject.toml alone."""
    direct = _names(declared)
    return tuple(
        Package("PyPI", name, version, path, line, _is_in(name, direct), _in_development_groups(entry))
        for line, name, version, entry in _entries(text, "package")
    )


def pdm(path: str, text: str, declared: Iterable[Package]) -> tuple[Package, ...]:
    return poetry(path, text, declared)


def uv(path: str, text: str, _declared: Iterable[Package]) -> tuple[Package, ...]:
    """uv.lock. The project's own entries (editable, virtual, directory) say what is direct and what is shipped."""
    entries = list(_entries(text, "package"))
    own = [entry for _, _, _, entry in entries if _is_own(entry)]
    runtime = {name for entry in own for name in _dependency_names(entry, "dependencies", "optional-dependencies")}
    development = {name for entry in own for name in _dependency_names(entry, "dev-dependencies")}
    direct = (runtime | development) if own else frozenset()
    shipped = _reachable(runtime, [entry for _, _, _, entry in entries])
    return tuple(
        Package("PyPI", name, version, path, line, _is_in(name, direct), name not in shipped if own else None)
        for line, name, version, entry in entries
        if not _is_own(entry)
    )


def pylock(path: str, text: str, _declared: Iterable[Package]) -> tuple[Package, ...]:
    return tuple(Package("PyPI", name, version, path, line) for line, name, version, _ in _entries(text, "packages"))


def pipfile(path: str, text: str, declared: Iterable[Package]) -> tuple[Package, ...]:
    """Pipfile.lock: pins as "==1.2", in the sections `default` and `develop`."""
    document, direct = json_of(text), _names(declared)
    return tuple(
        Package("PyPI", name, version.removeprefix("=="), path, 0, _is_in(name, direct), section == "develop")
        for section in ("default", "develop")
        for name, version in _pins(table(document, section))
    )


def pyproject(path: str, text: str) -> tuple[Package, ...]:
    """What a pyproject.toml declares, as PEP 621, PEP 735 and poetry write it; all of it is direct."""
    document = toml_of(text)
    project, poetry_table = table(document, "project"), table(document, "tool", "poetry")
    found = [*_listed(rows(project.get("dependencies")), path, is_development=False)]
    for name, extra in table(project, "optional-dependencies").items():
        found += _listed(rows(extra), path, is_development=_is_development(name))
    for group in table(document, "dependency-groups").values():
        found += _listed(rows(group), path, is_development=True)
    found += _poetry_table(table(poetry_table, "dependencies"), path, is_development=False)
    found += _poetry_table(table(poetry_table, "dev-dependencies"), path, is_development=True)
    for name, group in table(poetry_table, "group").items():
        found += _poetry_table(table(group, "dependencies"), path, is_development=_is_development(name))
    return tuple(found)


def pipfile_manifest(path: str, text: str) -> tuple[Package, ...]:
    document = toml_of(text)
    runtime = _poetry_table(table(document, "packages"), path, is_development=False)
    return (*runtime, *_poetry_table(table(document, "dev-packages"), path, is_development=True))


def _entries(text: str, key: str) -> Iterable[tuple[int, str, str, Mapping[str, object]]]:
    """Line, name, version and table of each entry; the n-th `[[key]]` of the text is the n-th of the list."""
    heading = f"[[{key}]]"
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == heading]
    listed = rows(toml_of(text).get(key))
    for place, entry in enumerate(listed):
        name, version = words(table(entry).get("name")), words(table(entry).get("version"))
        if name:
            yield lines[place] if len(lines) == len(listed) else 0, canonicalize_name(name), version, table(entry)


def _is_own(entry: Mapping[str, object]) -> bool:
    return bool(table(entry, "source").keys() & {"editable", "virtual", "directory"})


def _dependency_names(entry: Mapping[str, object], *keys: str) -> set[str]:
    lists = [rows(entry.get(key)) for key in keys]
    lists += [rows(group) for key in keys for group in table(entry, key).values()]
    return {canonicalize_name(words(table(item).get("name"))) for items in lists for item in items}


def _reachable(start: set[str], entries: list[Mapping[str, object]]) -> set[str]:
    needs: dict[str, set[str]] = {}
    for entry in entries:
        name = canonicalize_name(words(entry.get("name")))
        needs.setdefault(name, set()).update(_dependency_names(entry, "dependencies", "optional-dependencies"))
    reached, waiting = set(start), list(start)
    while waiting:
        fresh = needs.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return reached


def _in_development_groups(entry: Mapping[str, object]) -> bool | None:
    groups = [words(group) for group in rows(entry.get("groups"))] or [words(entry.get("category"))]
    known = [group for group in groups if group]
    return not any(group in {"main", "default"} for group in known) if known else None


def _pins(section: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    return ((canonicalize_name(name), words(table(entry).get("version"))) for name, entry in section.items())


def _listed(items: Iterable[object], path: str, *, is_development: bool) -> list[Package]:
    found = []
    for item in items:
        try:
            requirement = Requirement(words(item))
        except InvalidRequirement:
            continue
        name = canonicalize_name(requirement.name)
        found.append(Package("PyPI", name, exact_version(requirement), path, 0, True, is_development))
    return found


def _poetry_table(section: Mapping[str, object], path: str, *, is_development: bool) -> list[Package]:
    """Poetry's and Pipfile's tables: a bare version is a range for poetry, so only "==" is exact."""
    found = []
    for name, entry in section.items():
        written = words(entry) or words(table(entry).get("version"))
        version = written.removeprefix("==") if written.startswith("==") and "*" not in written else ""
        if canonicalize_name(name) != "python":
            found.append(Package("PyPI", canonicalize_name(name), version, path, 0, True, is_development))
    return found


def _names(packages: Iterable[Package]) -> frozenset[str]:
    return frozenset(package.name for package in packages)


def _is_in(name: str, direct: Iterable[str]) -> bool | None:
    """None where nothing is known to be direct: then the list is missing, not empty."""
    known = frozenset(direct)
    return name in known if known else None


def _is_development(group: str) -> bool:
    return _DEVELOPMENT.match(group) is not None
