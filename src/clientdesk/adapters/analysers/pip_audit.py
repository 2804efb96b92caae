"""Known vulnerabilities of pinned Python packages, by the pip-audit command; what it skipped is never called clean.

pip-audit resolves nothing here: `--disable-pip --no-deps` with exact pins runs none of a client's code, while its
project mode runs their setup.py. Where its service does not know a package, or is not there at all, it says "No known
vulnerabilities found" and ends well: so every pin must be accounted for in its JSON.
"""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from packaging.utils import InvalidName, canonicalize_name
from packaging.version import InvalidVersion, Version

from clientdesk.adapters.analysers import bounded_command
from clientdesk.adapters.analysers.bounded_command import Answer, CommandFailed
from clientdesk.adapters.analysers.pip_audit_json import Verdict, verdicts
from clientdesk.audit.repository import Advisory, AdvisoryReport, Package, ToolFailed
from clientdesk.audit.result import Tool

_ECOSYSTEM = "PyPI"
# A pin that upsets the service is found by halving; this many runs find several among hundreds.
_RUNS = 40
_UNREACHABLE = (
    *("ConnectionError", "ConnectTimeout", "ReadTimeout", "Could not connect", "Max retries exceeded", "SSLError"),
    *("ProxyError", "PyPI is not redirecting properly", "NameResolutionError"),
)
_PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"),
    *("http_proxy", "https_proxy", "no_proxy", "all_proxy", "ALL_PROXY"),
)


@dataclass(frozen=True, slots=True, order=True)
class _Pin:
    """A package and a version, spelt as pip-audit spells them."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class _Failure:
    """A run without a result. `is_service`: no pin's fault."""

    reason: str
    is_service: bool


@dataclass(slots=True)
class _Found:
    """What is known so far, and what may still be spent on more."""

    due: float
    runs: int = _RUNS
    verdicts: dict[_Pin, Verdict] = field(default_factory=dict)
    failed: dict[_Pin, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PipAudit:
    """`service` answers; `osv_url` is the full address of an OSV query interface ("" = OSV's own).

    `cache_folder` is pip-audit's own HTTP cache (None: kept for one run). `seconds` for one repository.
    """

    service: Literal["pypi", "osv"] = "pypi"
    osv_url: str = ""
    cache_folder: Path | None = None
    seconds: float = 300.0
    answer_seconds: int = 15
    command: Sequence[str] = (sys.executable, "-I", "-m", "pip_audit")

    def report(self, packages: Iterable[Package]) -> AdvisoryReport:
        """About the packages of PyPI among these; raises `ToolFailed` if nothing could be looked up."""
        places: dict[_Pin, list[Package]] = {}
        not_examined: list[tuple[Package, str]] = []
        for package in packages:
            if package.ecosystem == _ECOSYSTEM:
                pin = _pin(package)
                if isinstance(pin, _Pin):
                    places.setdefault(pin, []).append(package)
                else:
                    not_examined.append((package, pin))
        found = self._looked_up(sorted(places))
        return self._reported(places, found, not_examined)

    def _reported(
        self, places: Mapping[_Pin, Sequence[Package]], found: _Found, not_examined: list[tuple[Package, str]]
    ) -> AdvisoryReport:
        examined: list[Package] = []
        advisories: list[Advisory] = []
        for pin, packages in places.items():
            verdict = found.verdicts.get(pin)
            if verdict is None or verdict.skipped:
                reason = verdict.skipped if verdict else found.failed.get(pin, "pip-audit said nothing about it")
                not_examined += [(package, reason) for package in packages]
                continue
            examined += packages
            advisories += [
                Advisory(known.id, known.aliases, package, known.summary, known.fixed_in)
                for package in packages
                for known in verdict.vulnerabilities
            ]
        return AdvisoryReport(
            self.tool, self.source, tuple(examined), tuple(advisories), not_examined=tuple(not_examined)
        )

    @property
    def tool(self) -> Tool:
        return Tool("pip-audit", installed_version("pip-audit"))

    @property
    def source(self) -> str:
        """For print: no user name or password of an address."""
        if self.service == "pypi":
            return "PyPI's advisories"
        return f"OSV at {urlsplit(self.osv_url).hostname}" if self.osv_url else "OSV"

    def _looked_up(self, pins: Sequence[_Pin]) -> _Found:
        """Every pin, in as few runs as its versions and the service's moods allow."""
        found = _Found(time.monotonic() + self.seconds)
        waiting = deque(_rounds(pins))
        while waiting:
            some = waiting.popleft()
            outcome = self._run(some, found)
            if not isinstance(outcome, _Failure):
                found.verdicts.update({pin: outcome[pin.name] for pin in some if pin.name in outcome})
            elif outcome.is_service:
                raise ToolFailed(outcome.reason, self.tool)
            elif len(some) == 1 or not found.runs:
                found.failed.update(dict.fromkeys(some, outcome.reason))
            else:
                half = len(some) // 2
                waiting.extendleft((some[half:], some[:half]))
        if pins and not found.verdicts:
            raise ToolFailed(next(iter(found.failed.values()), "pip-audit said nothing about any package"), self.tool)
        return found

    def _run(self, pins: Sequence[_Pin], found: _Found) -> dict[str, Verdict] | _Failure:
        seconds = found.due - time.monotonic()
        if not found.runs or seconds <= 0:
            return _Failure("there was no time left to look it up", is_service=False)
        found.runs -= 1
        try:
            answer = bounded_command.run(self._command(), {"pins.txt": _requirements(pins)}, seconds, _environment())
        except CommandFailed as failure:
            return _Failure(f"pip-audit gave no result: {failure}", is_service=True)
        try:
            return verdicts(answer.output, {pin.name: pin.version for pin in pins})
        except ValueError:
            return _failure(answer)

    def _command(self) -> list[str]:
        command = [*self.command, "--disable-pip", "--no-deps", "--requirement", "pins.txt", "--format", "json"]
        command += ["--progress-spinner", "off", "--desc", "on", "--aliases", "on"]
        command += ["--timeout", str(self.answer_seconds), "--vulnerability-service", self.service]
        command += ["--cache-dir", str(self.cache_folder.absolute()) if self.cache_folder else "cache"]
        return command + (["--osv-url", self.osv_url] if self.osv_url else [])


def _pin(package: Package) -> _Pin | str:
    """The pin, or why there is none."""
    if not package.version:
        return "no exact version is written"
    try:
        return _Pin(canonicalize_name(package.name, validate=True), str(Version(package.version)))
    except (InvalidName, InvalidVersion):
        return "its name or version is not one that PyPI can have"


def _rounds(pins: Sequence[_Pin]) -> list[list[_Pin]]:
    """pip-audit refuses two versions of one package in one run: the first of each, then the second of each, …"""
    rounds: list[list[_Pin]] = []
    times: dict[str, int] = {}
    for pin in pins:
        place = times[pin.name] = times.get(pin.name, -1) + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(pin)
    return rounds


def _requirements(pins: Sequence[_Pin]) -> str:
    return "".join(f"{pin.name}=={pin.version}\n" for pin in pins)


def _environment() -> dict[str, str]:
    """Nothing that would change what pip-audit does; what it needs to reach its service."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def _failure(answer: Answer) -> _Failure:
    last = next((line.strip() for line in reversed(answer.errors.splitlines()) if line.strip()), "it says nothing")
    if any(sign in answer.errors for sign in _UNREACHABLE):
        return _Failure("pip-audit could not reach its service", is_service=True)
    return _Failure(f"pip-audit ended with status {answer.code}: {last[:200]}", is_service=False)
