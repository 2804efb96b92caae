"""What a repository depends on, as a CycloneDX 1.6 bill of materials in JSON."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.metadata import version as installed_version
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from clientdesk.audit.manifests import Inventory
from clientdesk.audit.repository import Package

_PURL_TYPES = {"PyPI": "pypi", "npm": "npm", "RubyGems": "gem", "Packagist": "composer", "Go": "golang"}
_PLACES = 20  # of one package; a lockfile of npm may name it a hundred times


def bill_of_materials(address: str, commit: str, packages: Inventory, made_at: datetime) -> bytes:
    """The same repository, commit and instant give the same bytes.

    Each package and version is one component, with the files that name it. What could not be read or has no exact
    version is counted in the bill's own properties; how packages depend on each other is not told.
    """
    root = Component(
        name=_clean(_name_of(address)), version=commit, type=ComponentType.APPLICATION, bom_ref=f"commit:{commit}"
    )
    components = {key: _component(places) for key, places in _by_version(packages.packages).items()}
    bom = Bom(
        components=components.values(),
        serial_number=uuid5(NAMESPACE_URL, f"{address}#{commit}"),
        metadata=BomMetaData(timestamp=made_at, component=root, tools=_ourselves(), properties=_gaps(packages)),
    )
    places = _by_version(packages.packages)
    direct = [components[key] for key in components if any(package.direct for package in places[key])]
    bom.register_dependency(root, direct)
    with warnings.catch_warnings():
        # The library takes a root without direct dependencies for a mistake; here nothing may be declared.
        warnings.filterwarnings("ignore", "The Component this BOM is describing", UserWarning)
        return JsonV1Dot6(bom).output_as_string(indent=2).encode() + b"\n"


def _by_version(packages: Iterable[Package]) -> dict[tuple[str, str, str], list[Package]]:
    found: dict[tuple[str, str, str], list[Package]] = defaultdict(list)
    for package in packages:
        found[package.ecosystem, package.name, package.version].append(package)
    return found


def _component(places: Sequence[Package]) -> Component:
    first = places[0]
    group, name = _group_and_name(first)
    is_development = all(package.development for package in places)
    return Component(
        name=name,
        group=group or None,
        version=_clean(first.version) or None,
        type=ComponentType.LIBRARY,
        # CycloneDX's word for what is used in tests and builds only.
        scope=ComponentScope.EXCLUDED if is_development else ComponentScope.REQUIRED,
        purl=_purl(first, group, name),
        bom_ref=_reference(first),
        evidence=ComponentEvidence(occurrences=_occurrences(places)),
        properties=[Property(name="clientdesk:direct", value=_directness(places))],
    )


def _group_and_name(package: Package) -> tuple[str, str]:
    """`@scope/name` and `vendor/name` have a group; a Go module's path is all name."""
    name = _clean(package.name)
    if package.ecosystem in {"npm", "Packagist"} and "/" in name:
        group, _, rest = name.partition("/")
        return group, rest or group
    return "", name


def _purl(package: Package, group: str, name: str) -> PackageURL | None:
    kind = _PURL_TYPES.get(package.ecosystem)
    if kind is None:
        return None
    if kind == "golang":
        group, _, name = name.rpartition("/")
    version = f"v{package.version}" if kind == "golang" and package.version else package.version
    try:
        purl = PackageURL(type=kind, namespace=group or None, name=name, version=_clean(version) or None)
        purl.to_string()  # some names, as "/", are refused only here
    except (TypeError, ValueError):
        return None
    return purl


def _occurrences(places: Sequence[Package]) -> list[Occurrence]:
    """Each with a reference: without one the library puts them in another order each time."""
    named = list(dict.fromkeys((package.path, package.line) for package in places))[:_PLACES]
    return [
        Occurrence(location=_clean(path), line=line or None, bom_ref=f"{_reference(places[0])}#{number:02}")
        for number, (path, line) in enumerate(named, start=1)
    ]


def _reference(package: Package) -> str:
    return f"{package.ecosystem}:{_clean(package.name)}@{_clean(package.version)}"


def _directness(places: Sequence[Package]) -> str:
    if any(package.direct for package in places):
        return "true"
    return "unknown" if any(package.direct is None for package in places) else "false"


def _gaps(packages: Inventory) -> list[Property]:
    unpinned = sum(not package.version for package in packages.packages)
    unread = [
        Property(name="clientdesk:unread", value=_clean(f"{file.path}: {file.reason}")) for file in packages.unread
    ]
    return [Property(name="clientdesk:without_exact_version", value=str(unpinned)), *unread]


def _ourselves() -> ToolRepository:
    version = installed_version("clientdesk")
    return ToolRepository(components=[Component(name="clientdesk", version=version, type=ComponentType.APPLICATION)])


def _name_of(address: str) -> str:
    """The last part of the address, as a local folder is nobody else's business."""
    return (urlsplit(address).path if "://" in address else address).rstrip("/").rpartition("/")[2] or "repository"


def _clean(text: str) -> str:
    """Without control characters and halves of characters, which no reader of JSON must take."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in whole)
