"""Which versions of languages, frameworks and services a repository says it runs on, each with its file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from clientdesk.audit.classify import Role, name_of, role_of
from clientdesk.audit.formats.golang import go_version
from clientdesk.audit.formats.ruby import ruby_version
from clientdesk.audit.repository import Package, Repository, Unreadable
from clientdesk.audit.untyped import Malformed, json_of, table, toml_of, words

_VERSION = re.compile(r"\d+(?:\.\d+)*")
_TOOL_NAMES = {
    "python": "python",
    "ruby": "ruby",
    "nodejs": "node",
    "node": "node",
    "php": "php",
    "golang": "go",
    "go": "go",
}
_IMAGES = {
    "python": "python", "ruby": "ruby", "node": "node", "php": "php", "golang": "go", "postgres": "postgresql",
    "postgis": "postgresql", "mysql": "mysql", "mariadb": "mariadb", "redis": "redis", "mongo": "mongodb",
    "elasticsearch": "elasticsearch", "debian": "debian", "ubuntu": "ubuntu", "alpine": "alpine", "nginx": "nginx",
}  # fmt: skip
_IMAGE = re.compile(
    r"^[ \t]{0,40}(?:FROM[ \t]{1,9}(?:--platform=\S{1,99}[ \t]{1,9})?|(?:-[ \t]{1,9})?image:[ \t]{0,9}[\"']?)"
    r"(?:[\w.:-]+/)*([a-z][\w.-]*):v?(\d+(?:\.\d+)*)",
    re.IGNORECASE | re.MULTILINE,
)
_PACKAGES = {
    ("RubyGems", "rails"): "rails", ("PyPI", "django"): "django", ("PyPI", "wagtail"): "wagtail",
    ("npm", "react"): "react", ("npm", "vue"): "vue", ("npm", "@angular/core"): "angular",
    ("npm", "angular"): "angularjs", ("npm", "next"): "nextjs",
    ("npm", "nuxt"): "nuxt", ("npm", "svelte"): "svelte", ("npm", "express"): "express",
    ("npm", "electron"): "electron", ("npm", "jquery"): "jquery", ("npm", "bootstrap"): "bootstrap",
    ("Packagist", "laravel/framework"): "laravel",
    ("Packagist", "symfony/framework-bundle"): "symfony", ("Packagist", "drupal/core"): "drupal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class VersionInUse:
    """`is_minimum`: the file names the oldest version allowed, not the one that runs."""

    product: str
    version: str
    path: str
    line: int
    is_minimum: bool = False


def product_of(package: Package) -> str | None:
    """The product with support dates that a package is, None for most."""
    return _PACKAGES.get((package.ecosystem, package.name.lower()))


def versions_in_use(repository: Repository, packages: Iterable[Package]) -> tuple[VersionInUse, ...]:
    """Every claim once, the exact before the minimal ones; direct packages only, and none of tests or examples."""
    found = [claim for entry in repository.files if not entry.is_link for claim in _claims(repository, entry.path)]
    for package in packages:
        product = product_of(package)
        if product and package.version and package.direct is not False:
            found.append(VersionInUse(product, package.version, package.path, package.line))
    return tuple(
        sorted(dict.fromkeys(found), key=lambda claim: (claim.product, claim.is_minimum, claim.path, claim.line))
    )


def _claims(repository: Repository, path: str) -> Iterator[VersionInUse]:
    read = _reader_of(name_of(path))
    if read is None or role_of(path) is not Role.SOURCE:
        return
    try:
        yield from read(path, repository.text(path))
    except (Malformed, Unreadable):
        return


def _reader_of(name: str) -> Callable[[str, str], Iterator[VersionInUse]] | None:
    if name in _READERS:
        return _READERS[name]
    is_image_file = re.match(
        r"(?i)^(dockerfile|containerfile)([.-].+)?$|^.+\.dockerfile$|^(docker-)?compose.*\.ya?ml$", name
    )
    return _images if is_image_file else None


def _plain(product: str) -> Callable[[str, str], Iterator[VersionInUse]]:
    def read(path: str, text: str) -> Iterator[VersionInUse]:
        first = next((line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
        match = re.match(r"^(?:ruby-|python-|node-|v)?(\d+(?:\.\d+)*)", first)
        if match:
            yield VersionInUse(product, match[1], path, 1)

    return read


def _tool_versions(path: str, text: str) -> Iterator[VersionInUse]:
    for number, line in enumerate(text.splitlines(), start=1):
        name, _, rest = line.partition(" ")
        version = _VERSION.match(rest.strip())
        if name in _TOOL_NAMES and version:
            yield VersionInUse(_TOOL_NAMES[name], version[0], path, number)


def _images(path: str, text: str) -> Iterator[VersionInUse]:
    for match in _IMAGE.finditer(text):
        if product := _IMAGES.get(match[1].lower()):
            yield VersionInUse(product, match[2], path, text.count("\n", 0, match.start(1)) + 1)


def _gemfile_lock(path: str, text: str) -> Iterator[VersionInUse]:
    if version := ruby_version(text):
        yield VersionInUse("ruby", version, path, text[: text.index("RUBY VERSION")].count("\n") + 2)


def _gemfile(path: str, text: str) -> Iterator[VersionInUse]:
    if match := re.search(r"""^ruby\s*\(?["'](\d+(?:\.\d+)+)["']""", text, re.MULTILINE):
        yield VersionInUse("ruby", match[1], path, text.count("\n", 0, match.start()) + 1)


def _package_json(path: str, text: str) -> Iterator[VersionInUse]:
    wanted = words(table(json_of(text), "engines").get("node"))
    yield from _range("node", wanted, path, text, '"node"')


def _composer_json(path: str, text: str) -> Iterator[VersionInUse]:
    wanted = words(table(json_of(text), "require").get("php"))
    yield from _range("php", wanted, path, text, '"php"')


def _range(product: str, wanted: str, path: str, text: str, mark: str) -> Iterator[VersionInUse]:
    """Of a range the oldest version it names; an exact one or one line of releases is what runs."""
    versions = sorted(_VERSION.findall(wanted), key=lambda version: [int(part) for part in version.split(".")])
    if versions:
        is_minimum = bool(re.search(r"[<>|*]|\s-\s", wanted))
        line = text[: max(0, text.find(mark))].count("\n") + 1
        yield VersionInUse(product, versions[0], path, line, is_minimum)


def _pyproject(path: str, text: str) -> Iterator[VersionInUse]:
    document = toml_of(text)
    wanted = words(table(document, "project").get("requires-python"))
    wanted = wanted or words(table(document, "tool", "poetry", "dependencies").get("python")).replace("^", ">=")
    yield from _python_range(path, text, wanted, "python")


def _python_range(path: str, text: str, wanted: str, mark: str) -> Iterator[VersionInUse]:
    try:
        specifiers = SpecifierSet(wanted)
    except InvalidSpecifier:
        return
    for specifier in specifiers:
        if specifier.operator in {">=", "==", "~="}:
            line = next(
                (
                    n
                    for n, row in enumerate(text.splitlines(), 1)
                    if mark in row and specifier.version.removesuffix(".*") in row
                ),
                0,
            )
            version = specifier.version.removesuffix(".*")
            yield VersionInUse("python", version, path, line, specifier.operator != "==")
            return


def _runtime_txt(path: str, text: str) -> Iterator[VersionInUse]:
    if match := re.match(r"^python-(\d+\.\d+(?:\.\d+)?)", text.strip()):
        yield VersionInUse("python", match[1], path, 1)


def _go_mod(path: str, text: str) -> Iterator[VersionInUse]:
    if version := go_version(text):
        yield VersionInUse("go", version, path, 0, is_minimum=True)


_READERS: dict[str, Callable[[str, str], Iterator[VersionInUse]]] = {
    ".python-version": _plain("python"),
    ".ruby-version": _plain("ruby"),
    ".nvmrc": _plain("node"),
    ".node-version": _plain("node"),
    ".php-version": _plain("php"),
    ".tool-versions": _tool_versions,
    "Gemfile.lock": _gemfile_lock,
    "Gemfile": _gemfile,
    "package.json": _package_json,
    "composer.json": _composer_json,
    "pyproject.toml": _pyproject,
    "runtime.txt": _runtime_txt,
    "go.mod": _go_mod,
}
