"""What an index answers about one package, read into its releases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename

from clientdesk.audit.repository import PackageReleases, Release
from clientdesk.audit.untyped import rows, table, words

_LONGEST_REASON = 200
_STILL_KEPT = {"", "active"}
_RELEASES = {"github.com": "releases", "gitlab.com": "-/releases", "codeberg.org": "releases"}
_HOSTED = re.compile(
    r"(?i)(?:^|[/@.])(github\.com|gitlab\.com|codeberg\.org)[/:]([\w.-]{1,80}/[\w.-]{1,100}?)(?:\.git)?(?:[/#?].*)?$"
)
_PAGE = re.compile(r"^https://[\w.-]{4,120}(?:/[\w.~/%#?=&+@:-]{0,300})?$")


@dataclass(frozen=True, slots=True)
class IndexFormat:
    """How one kind of index is asked about a package, and how its answer is read."""

    path: Callable[[str], str]
    accept: str
    read: Callable[[str, object], PackageReleases]
    # Where an index tells of one version at a time: where that is, of a name and a version.
    version_path: Callable[[str, str], str] | None = None


def _pypi(name: str, answer: object) -> PackageReleases:
    """A version is yanked when all of its files are; its day is that of the first of them."""
    files: dict[str, list[Mapping[str, object]]] = {}
    for file in (table(item) for item in rows(table(answer).get("files"))):
        if version := _version_of(words(file.get("filename"))):
            files.setdefault(version, []).append(file)
    status = table(answer, "project-status")
    state = words(status.get("status"))
    abandoned = "" if state in _STILL_KEPT else _reason(words(status.get("reason")) or state)
    return PackageReleases("PyPI", name, tuple(_release(*each) for each in files.items()), abandoned)


def _release(version: str, files: list[Mapping[str, object]]) -> Release:
    days = [day for file in files if (day := _day(file.get("upload-time")))]
    yanked = [file.get("yanked") for file in files]
    why = next((words(reason) for reason in yanked if words(reason)), "no reason given")
    return Release(version, min(days, default=None), _reason(why) if all(yanked) else "")


def _version_of(filename: str) -> str:
    try:
        if filename.endswith(".whl"):
            return str(parse_wheel_filename(filename)[1])
        return str(parse_sdist_filename(filename)[1])
    except (InvalidWheelFilename, InvalidSdistFilename):
        return ""


def _npm(name: str, answer: object) -> PackageReleases:
    """Deprecated as a whole is a package whose latest version is."""
    times, versions = table(answer, "time"), table(answer, "versions")
    releases = tuple(
        Release(version, _day(times.get(version)), _deprecation(versions.get(version))) for version in versions
    )
    latest = words(table(answer, "dist-tags").get("latest"))
    return PackageReleases("npm", name, releases, _deprecation(versions.get(latest)), _releases_page(answer))


def _releases_page(answer: object) -> str:
    """npm names the repository, as people wrote it; where it is a well-known host, its page of releases."""
    named = table(answer).get("repository")
    written = words(named) or words(table(named).get("url"))
    match = _HOSTED.search(written)
    return f"https://{match[1].lower()}/{match[2]}/{_RELEASES[match[1].lower()]}" if match else ""


def _rubygems(name: str, answer: object) -> PackageReleases:
    """One entry for each version and platform; yanked ones are not listed."""
    days: dict[str, date | None] = {}
    told = ""
    for entry in (table(item) for item in rows(answer)):
        if version := words(entry.get("number")):
            days.setdefault(version, _day(entry.get("created_at")))
            told = told or _address(words(table(entry, "metadata").get("changelog_uri")))
    releases = tuple(Release(version, day) for version, day in days.items())
    return PackageReleases("RubyGems", name, releases, changelog=told)


def _packagist(name: str, answer: object) -> PackageReleases:
    """Each entry says only what is other than in the one before it; branches in the making are left out."""
    releases, entry = [], dict[str, object]()
    for change in map(table, rows(table(answer, "packages").get(name))):
        entry = {key: value for key, value in (entry | dict(change)).items() if value != "__unset"}
        version = words(entry.get("version"))
        if version and not version.startswith("dev-") and not version.endswith("-dev"):
            releases.append(Release(version.removeprefix("v"), _day(entry.get("time")), ""))
    first = next(map(table, rows(table(answer, "packages").get(name))), {})
    return PackageReleases("Packagist", name, tuple(releases), _given_up(first.get("abandoned")))


def _given_up(said: object) -> str:
    """True, or the name of what its makers want used instead."""
    if not said:
        return ""
    return _reason(f"use {words(said)} instead") if words(said) else "no reason given"


def _go(name: str, answer: object) -> PackageReleases:
    """One version of a module: its proxy tells of each by itself, and of the newest."""
    told = table(answer)
    version = words(told.get("Version")).removeprefix("v").removesuffix("+incompatible")
    return PackageReleases("Go", name, (Release(version, _day(told.get("Time"))),) if version else ())


def _go_version(name: str, version: str) -> str:
    """As proxies write it: from 2.0 on a module that does not say so in its path is "incompatible"."""
    is_later = re.match(r"[2-9]|\d\d", version) is not None
    says_so = re.search(r"/v\d+$|^gopkg\.in/", name) is not None
    return f"v{version}+incompatible" if is_later and not says_so else f"v{version}"


def _escaped(module: str) -> str:
    """Go's proxies write a capital as a mark and its small letter."""
    return quote(re.sub(r"[A-Z]", lambda letter: f"!{letter[0].lower()}", module), safe="/!+")


def _address(text: str) -> str:
    """A plain address of a page, or nothing: it is printed as a link."""
    return text if _PAGE.match(text) else ""


def _deprecation(version: object) -> str:
    """npm writes the reason; some tools wrote `true`."""
    said = table(version).get("deprecated")
    return _reason(words(said) or "no reason given") if said else ""


def _reason(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * _LONGEST_REASON])
    return " ".join(plain.split())[:_LONGEST_REASON] or "no reason given"


def _day(instant: object) -> date | None:
    try:
        return date.fromisoformat(words(instant)[:10])
    except ValueError:
        return None


def _kept(release: object) -> Iterator[Release]:
    version, day, withdrawn = release if isinstance(release, list) and len(release) == 3 else ("", "", "")  # noqa: PLR2004
    if words(version):
        yield Release(words(version), _day(day), words(withdrawn))


def to_json(known: PackageReleases) -> object:
    """For the cache."""
    days = [[each.version, each.on.isoformat() if each.on else "", each.withdrawn] for each in known.releases]
    return {"releases": days, "abandoned": known.abandoned, "changelog": known.changelog}


def from_json(ecosystem: str, name: str, kept: object) -> PackageReleases:
    releases = tuple(one for each in rows(table(kept).get("releases")) for one in _kept(each))
    told = (words(table(kept).get(key)) for key in ("abandoned", "changelog"))
    return PackageReleases(ecosystem, name, releases, *told)


FORMATS: Mapping[str, IndexFormat] = {
    "PyPI": IndexFormat(lambda name: f"/{quote(name, safe='')}/", "application/vnd.pypi.simple.v1+json", _pypi),
    "RubyGems": IndexFormat(
        lambda name: f"/api/v1/versions/{quote(name, safe='')}.json", "application/json", _rubygems
    ),
    "Packagist": IndexFormat(lambda name: f"/p2/{quote(name, safe='/')}.json", "application/json", _packagist),
    "Go": IndexFormat(
        lambda name: f"/{_escaped(name)}/@latest",
        "application/json",
        _go,
        lambda name, version: f"/{_escaped(name)}/@v/{_escaped(_go_version(name, version))}.info",
    ),
    "npm": IndexFormat(lambda name: f"/{quote(name, safe='@')}", "application/json", _npm),
}
