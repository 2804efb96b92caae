"""Where packages are listed: the addresses that pip, npm, gem, composer and go are set up with, none of ours."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pip._internal.models.index import PyPI

from clientdesk.adapters.analysers import bounded_command
from clientdesk.adapters.analysers.bounded_command import CommandFailed

_SECONDS = 20.0
_SETTING = re.compile(r"^(\S+?)\.([\w-]+)='(.*)'$")
# pip's own order: a command's section counts more than all commands' and the environment more than files.
_RANK = {"global": 0, "download": 1, "install": 2, ":env:": 3}
_PASSED_ON = ("PATH", "HOME", "LANG", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "APPDATA", "USERPROFILE")
_PIP, _NPM, _GEM, _COMPOSER, _GO = "pip_", "npm_config_", "gem", "composer_", "go"
_REPOSITORY = re.compile(r"^\[repositories\.[^\]]{1,80}\.url\][ \t]+(http\S{1,300})$")


@dataclass(frozen=True, slots=True)
class Index:
    """`address` "" where there is none to ask, and then `problem` says why."""

    address: str
    problem: str = ""


def indexes(named: Mapping[str, str] | None = None) -> Mapping[str, Index]:
    """By ecosystem. The programs are asked in an empty folder, so that no client's settings count.

    `named` are addresses that the agency names, "" for none; they count more than a program's settings.
    """
    asked = {"PyPI": _pip, "npm": _npm, "RubyGems": _gem, "Packagist": _composer, "Go": _go}
    own = {kind: _usable(address, "Clientdesk") for kind, address in (named or {}).items() if address}
    return {kind: own.get(kind) or ask() for kind, ask in asked.items()}


def _pip() -> Index:
    try:
        command = [sys.executable, "-I", "-m", "pip", "config", "list"]
        answer = bounded_command.run(command, {}, _SECONDS, _environment(_PIP))
    except CommandFailed as failure:
        return Index("", f"pip does not say which index it uses: {failure}")
    settings = pip_settings(answer.output.decode("utf-8", "replace").splitlines())
    if settings.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        return Index("", "pip is set up to use no index")
    return _usable(settings.get("index-url", PyPI.simple_url), "pip")


def pip_settings(lines: Iterable[str]) -> dict[str, str]:
    """What `pip config list` says, by name, the section that pip prefers first."""
    found: dict[str, tuple[int, str]] = {}
    for line in lines:
        match = _SETTING.match(line.strip())
        if match and match[1] in _RANK:
            found[match[2]] = max(found.get(match[2], (-1, "")), (_RANK[match[1]], match[3]))
    return {name: value for name, (_, value) in found.items()}


def _npm() -> Index:
    program = shutil.which("npm")
    if program is None:
        address = next((value for name, value in os.environ.items() if name.lower() == f"{_NPM}registry"), "")
        return _usable(address, "npm") if address else Index("", "npm is not installed, so its index is not known")
    try:
        answer = bounded_command.run([program, "config", "get", "registry"], {}, _SECONDS, _environment(_NPM))
    except CommandFailed as failure:
        return Index("", f"npm does not say which index it uses: {failure}")
    lines = answer.output.decode("utf-8", "replace").strip().splitlines()
    return _usable(lines[-1] if lines else "", "npm")


def _gem() -> Index:
    """The first of its sources that is asked over the network."""
    program = shutil.which("gem")
    if program is None:
        return Index("", "RubyGems is not installed, so its index is not known")
    try:
        answer = bounded_command.run([program, "sources", "--list"], {}, _SECONDS, _environment(_GEM))
    except CommandFailed as failure:
        return Index("", f"RubyGems does not say which index it uses: {failure}")
    lines = answer.output.decode("utf-8", "replace").split()
    return _usable(next((line for line in lines if line.startswith("http")), ""), "RubyGems")


def _composer() -> Index:
    program = shutil.which("composer")
    if program is None:
        return Index("", "no index is configured, and Composer is not installed to name one")
    command = [program, "config", "--global", "--list", "--no-interaction", "--no-plugins"]
    try:
        answer = bounded_command.run(command, {}, _SECONDS, _environment(_COMPOSER))
    except CommandFailed as failure:
        return Index("", f"Composer does not say which index it uses: {failure}")
    lines = answer.output.decode("utf-8", "replace").splitlines()
    found = (match[1] for line in lines if (match := _REPOSITORY.match(line.strip())))
    return _usable(next(found, "").replace("https?:", "https:"), "Composer")


def _go() -> Index:
    """The first proxy of its list that is asked over the network, by Go's own settings or by the environment's."""
    program = shutil.which("go")
    if program is None:
        listed = os.environ.get("GOPROXY", "")
        return _proxy(listed) if listed else Index("", "no index is configured, and Go is not installed to name one")
    try:
        answer = bounded_command.run([program, "env", "GOPROXY"], {}, _SECONDS, _environment(_GO))
    except CommandFailed as failure:
        return Index("", f"Go does not say which proxy it uses: {failure}")
    return _proxy(answer.output.decode("utf-8", "replace"))


def _proxy(listed: str) -> Index:
    places = re.split(r"[,|\s]+", listed.strip())
    return _usable(next((place for place in places if place.startswith("http")), ""), "Go")


def _usable(address: str, program: str) -> Index:
    if re.match(r"^https?://[^\s/]", address):
        return Index(address.rstrip("/"))
    return Index("", f"{program} is set up with an index that can't be asked over the network")


def _environment(prefix: str) -> dict[str, str]:
    """What says where the program's settings lie, and the settings themselves."""
    return {name: value for name, value in os.environ.items() if name in _PASSED_ON or name.lower().startswith(prefix)}
