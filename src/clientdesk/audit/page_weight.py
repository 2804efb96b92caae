"""Packages that make a page heavy, where a manifest declares them and the code of its folder takes them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from clientdesk.audit.classify import is_own_code
from clientdesk.audit.data_facts import Import
from clientdesk.audit.manifests import Manifest

_PAGES = {"react-dom", "vue", "@angular/core", "svelte", "preact", "ember-source", "next", "nuxt", "solid-js"}
_SERVERS = {"express", "koa", "fastify", "@nestjs/core", "@hapi/hapi", "electron"}
_INTERFACE_KITS = {
    "antd", "@mui/material", "@material-ui/core", "bootstrap", "react-bootstrap", "reactstrap", "semantic-ui-react",
    "@chakra-ui/react", "@mantine/core", "@blueprintjs/core", "@fluentui/react", "vuetify", "element-plus",
    "element-ui", "quasar", "primevue", "primereact", "primeng", "ng-zorro-antd", "@angular/material", "rsuite",
    "bootstrap-vue", "ant-design-vue", "naive-ui", "grommet", "evergreen-ui",
}  # fmt: skip
_ONE_KIT = ({"bootstrap", "react-bootstrap", "reactstrap", "bootstrap-vue"},)
_SAME_JOB: Mapping[str, set[str]] = {
    "dates": {"moment", "dayjs", "date-fns", "luxon"},
    "requests": {"axios", "superagent", "got", "ky", "request", "needle"},
    "charts": {"chart.js", "highcharts", "echarts", "recharts", "apexcharts", "plotly.js", "victory"},
}


@dataclass(frozen=True, slots=True)
class Weight:
    """What is heavy in the pages of one manifest; `place` is where the code takes it in."""

    rule: str
    manifest: str
    packages: tuple[str, ...]
    place: Import
    subject: str = ""


def weights(manifests: Sequence[Manifest], imports: Sequence[Import]) -> Iterator[Weight]:
    """For manifests of pages only: what a server takes in weighs nothing there."""
    pages = [one for one in manifests if one.ecosystem == "npm" and _is_for_pages(one)]
    folders = sorted((_folder(one.path) for one in manifests if one.ecosystem == "npm"), key=len, reverse=True)
    for manifest in pages:
        used = _used(manifest, imports, folders)
        for name, rule in (("moment", "moment"), ("lodash", "whole-lodash"), ("underscore", "whole-lodash")):
            if name in used:
                yield Weight(rule, manifest.path, (name,), used[name])
        if "jquery" in used:
            framework = min(_PAGES & _declared(manifest))
            yield Weight("jquery-beside", manifest.path, ("jquery", framework), used["jquery"])
        yield from _several(manifest, used)


def _is_for_pages(manifest: Manifest) -> bool:
    declared = _declared(manifest)
    return bool(declared & _PAGES) and not declared & _SERVERS


def _declared(manifest: Manifest) -> set[str]:
    return {package.name for package in manifest.packages}


def _used(manifest: Manifest, imports: Sequence[Import], folders: Sequence[str]) -> dict[str, Import]:
    """The first place for each package that is declared here and taken in by the code nearest to here."""
    declared, here = _declared(manifest), _folder(manifest.path)
    found: dict[str, Import] = {}
    for one in sorted(imports, key=lambda one: (one.path, one.line)):
        is_shown = is_own_code(one.path) and not _is_configuration(one.path)
        if one.package in declared and is_shown and _nearest(one.path, folders) == here:
            found.setdefault(one.package, one)
    return found


def _is_configuration(path: str) -> bool:
    name = PurePosixPath(path).name
    return ".config." in name or name.startswith(".") or "/" not in path or "/scripts/" in f"/{path}"


def _nearest(path: str, folders: Sequence[str]) -> str:
    """Of folders sorted by length, the longest first."""
    return next((folder for folder in folders if path.startswith(folder)), "")


def _several(manifest: Manifest, used: Mapping[str, Import]) -> Iterator[Weight]:
    kits = sorted(_INTERFACE_KITS & used.keys())
    if len(kits) > 1 and not any(set(kits) <= one for one in _ONE_KIT):
        yield Weight("several-kits", manifest.path, tuple(kits), used[kits[0]])
    for subject, family in _SAME_JOB.items():
        names = sorted(family & used.keys())
        if len(names) > 1:
            yield Weight("same-job", manifest.path, tuple(names), used[names[0]], subject)


def _folder(path: str) -> str:
    """With its slash, "" for the root."""
    parent = PurePosixPath(path).parent.as_posix()
    return "" if parent == "." else f"{parent}/"
