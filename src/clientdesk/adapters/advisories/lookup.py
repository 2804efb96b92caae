"""Known vulnerabilities of every package: from pip-audit and an OSV service, else from the local mirror, and says so.

Python is asked of pip-audit and of the service, the rest of the service. What none of them looked up is looked up in
the mirror; what was in neither is not examined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version as installed_version

from clientdesk.adapters.advisories.answers import Answers, Pin, Weakness, combined, nearest_above
from clientdesk.adapters.advisories.mirror import Mirror
from clientdesk.adapters.advisories.osv_record import looked_up_name
from clientdesk.adapters.advisories.osv_service import OsvService
from clientdesk.adapters.advisories.upgrades import clean_upgrades
from clientdesk.adapters.analysers.pip_audit import PipAudit
from clientdesk.adapters.web import NoAnswer
from clientdesk.audit.repository import Advisory, AdvisoryReport, Package, ToolFailed
from clientdesk.audit.result import Tool
from clientdesk.audit.version_order import NoVersion, order_of

_PYTHON = "PyPI"
_MIRROR = "a local copy of OSV's data"
_LOAD = "Without the network, load a copy of OSV's data: clientdesk advisories load."


@dataclass(frozen=True, slots=True)
class _Source:
    """One that was asked: what it answered, or why it did not ("" = it did)."""

    name: str
    answers: Answers
    problem: str = ""
    is_mirror: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """Everyone who was asked, and how new the mirror is by ecosystem."""

    sources: Sequence[_Source]
    newest: Mapping[str, date | None]


@dataclass(frozen=True, slots=True)
class AdvisoryLookup:
    """Each source may be None: it is then not asked."""

    pip_audit: PipAudit | None = None
    service: OsvService | None = None
    mirror: Mirror | None = None

    def hurried(self, seconds: float) -> AdvisoryLookup:
        """The same sources with less time, for somebody who waits at a terminal."""
        return AdvisoryLookup(
            self.pip_audit and replace(self.pip_audit, seconds=seconds),
            self.service and replace(self.service, seconds=seconds),
            self.mirror,
        )

    def report(self, packages: Iterable[Package]) -> AdvisoryReport:
        """About all of these packages; raises `ToolFailed` if nothing could be looked up."""
        places, refused = _pins(packages)
        sources = self._asked_live(sorted(places))
        answers = _together(sources)
        left = [pin for pin in sorted(places) if pin not in answers.known]
        if self.mirror and left and self.mirror.is_there:
            sources.append(self._by_mirror(self.mirror, left))
            answers = _together(sources)
        if places and not answers.known:
            raise ToolFailed(_why_nothing(sources, answers), _tool(sources))
        is_lost = any(self.service and each.name == self.service.source and each.problem for each in sources)
        service = None if is_lost else self.service
        upgrades = clean_upgrades(answers.known, lambda pins: self._again(pins, service))
        return _reported(places, refused, answers, upgrades, _Asked(tuple(sources), self._newest()))

    def _again(self, pins: Sequence[Pin], service: OsvService | None) -> Mapping[Pin, Sequence[Weakness]]:
        """Of the service, else of the mirror; pip-audit would take seconds to say the same."""
        answers = _by_service(service, pins).answers if service else Answers()
        left = [pin for pin in pins if pin not in answers.known]
        if left and self.mirror and self.mirror.is_there:
            answers = combined(answers, self.mirror.answers(left))
        return answers.known

    def _asked_live(self, pins: Sequence[Pin]) -> list[_Source]:
        """Both at once: each waits for the network, not for the other."""
        python = [pin for pin in pins if pin.ecosystem == _PYTHON]
        with ThreadPoolExecutor(2) as pool:
            waiting = []
            if self.pip_audit and python:
                waiting.append(pool.submit(_by_pip_audit, self.pip_audit, python))
            if self.service and pins:
                waiting.append(pool.submit(_by_service, self.service, pins))
            return [each.result() for each in waiting]

    def _by_mirror(self, mirror: Mirror, pins: Sequence[Pin]) -> _Source:
        answers = mirror.answers(pins)
        problem = "" if answers.known else next(iter(answers.failed.values()), "")
        return _Source(_MIRROR, answers, problem, is_mirror=True)

    def _newest(self) -> Mapping[str, date | None]:
        return {state.ecosystem: state.newest for state in self.mirror.states()} if self.mirror else {}


def _by_pip_audit(pip_audit: PipAudit, pins: Sequence[Pin]) -> _Source:
    name = f"pip-audit ({pip_audit.source})"
    spelt = {(pin.name, str(order_of(_PYTHON, pin.version))): pin for pin in pins}
    try:
        report = pip_audit.report([Package(_PYTHON, name, version, "") for name, version in spelt])
    except ToolFailed as failure:
        return _Source(name, Answers(failed=dict.fromkeys(pins, failure.reason)), failure.reason)
    found: dict[Pin, list[Weakness]] = {spelt[each.name, each.version]: [] for each in report.examined}
    for each in report.advisories:
        pin = spelt[each.package.name, each.package.version]
        above = nearest_above(pin, each.fixed_in)
        found[pin].append(Weakness(each.id, each.aliases, each.summary, None, None, above))
    failed = {spelt[package.name, package.version]: reason for package, reason in report.not_examined}
    return _Source(name, Answers({pin: tuple(each) for pin, each in found.items()}, failed))


def _by_service(service: OsvService, pins: Sequence[Pin]) -> _Source:
    try:
        return _Source(service.source, service.answers(pins))
    except NoAnswer as error:
        return _Source(service.source, Answers(failed=dict.fromkeys(pins, str(error))), str(error))


def _pins(packages: Iterable[Package]) -> tuple[dict[Pin, list[Package]], list[tuple[Package, str]]]:
    """Each package's pin with all its places, and the packages that can't be looked up, with the reason."""
    places: dict[Pin, list[Package]] = defaultdict(list)
    refused: list[tuple[Package, str]] = []
    for package in packages:
        if not package.version:
            refused.append((package, "no exact version is written"))
            continue
        try:
            order_of(package.ecosystem, package.version)
        except NoVersion:
            refused.append((package, "its version is not one that its ecosystem can order"))
            continue
        name = looked_up_name(package.ecosystem, package.name)
        places[Pin(package.ecosystem, name, package.version)].append(package)
    return places, refused


def _together(sources: Iterable[_Source]) -> Answers:
    answers = Answers()
    for source in sources:
        answers = combined(answers, source.answers)
    return answers


def _reported(
    places: Mapping[Pin, Sequence[Package]],
    refused: Sequence[tuple[Package, str]],
    answers: Answers,
    upgrades: Mapping[Pin, str],
    asked: _Asked,
) -> AdvisoryReport:
    advisories = tuple(
        _advisory(each, package, upgrades.get(pin, ""))
        for pin, known in answers.known.items()
        for package in places[pin]
        for each in known
    )
    failed = [(pin, answers.failed.get(pin, "nobody answered about it")) for pin in places if pin not in answers.known]
    mirrored = sorted({pin.ecosystem for source in asked.sources if source.is_mirror for pin in source.answers.known})
    return AdvisoryReport(
        _tool(asked.sources),
        _source(asked.sources),
        tuple(package for pin in answers.known for package in places[pin]),
        advisories,
        (*refused, *((package, reason) for pin, reason in failed for package in places[pin])),
        tuple((ecosystem, asked.newest.get(ecosystem)) for ecosystem in mirrored),
    )


def _advisory(known: Weakness, package: Package, upgrade_to: str) -> Advisory:
    return Advisory(
        known.id,
        known.aliases,
        package,
        known.summary,
        known.fixed_in,
        known.severity,
        known.score,
        known.last_affected,
        upgrade_to,
    )


def _source(sources: Sequence[_Source]) -> str:
    """Who answered, and why the others did not: "a local copy of OSV's data, as x could not be reached"."""
    answered = [source.name for source in sources if source.answers.known]
    problems = list(dict.fromkeys(source.problem for source in sources if source.problem))
    return " and ".join(answered) + (f", as {'; '.join(problems)}" if problems and answered else "")


def _why_nothing(sources: Sequence[_Source], answers: Answers) -> str:
    problems = [source.problem for source in sources if source.problem] or list(answers.failed.values())
    reasons = "; ".join(dict.fromkeys(problem.rstrip(".") for problem in problems)) or "no source is set up"
    advice = "" if any(source.is_mirror for source in sources) else f" {_LOAD}"
    return f"No package could be looked up: {reasons}.{advice}"


def _tool(sources: Sequence[_Source]) -> Tool:
    """pip-audit where it answered: its version says what was found by what."""
    if any(source.name.startswith("pip-audit") and source.answers.known for source in sources):
        return Tool("pip-audit", installed_version("pip-audit"))
    return Tool("clientdesk", installed_version("clientdesk"))
