"""Asks an OSV service about many packages at once, then for the words of each advisory it names."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from clientdesk.adapters.advisories.answers import Answers, Pin, Weakness, merged
from clientdesk.adapters.advisories.osv_record import NotAnAdvisory, OsvRecord, osv_record
from clientdesk.adapters.advisories.record_cache import RecordCache
from clientdesk.adapters.web import NoAnswer, NotReached, Web, host_of
from clientdesk.audit.affected import fixed_for, last_known_for
from clientdesk.audit.untyped import rows, table, words
from clientdesk.audit.version_order import NoVersion

_AT_ONCE = 1_000  # the service's own limit
_PAGES = 50
_WORKERS = 8
_BATCHES = 60
_ID = re.compile(r"^[A-Za-z0-9][\w.-]{1,79}$")


@dataclass(frozen=True, slots=True)
class OsvService:
    """`query_url` is the address of one query; those of batches and records stand beside it.

    `seconds` for one repository. `cache` keeps records by id and time of change (None: nothing is kept).
    """

    query_url: str
    cache: Path | None = None
    seconds: float = 60.0
    answer_seconds: float = 15.0

    @property
    def source(self) -> str:
        """For print: the host alone."""
        return f"OSV at {host_of(self.query_url)}"

    def answers(self, pins: Sequence[Pin]) -> Answers:
        """About each pin; raises `NotReached` where nobody answers at all."""
        answers = Answers()
        if not pins:
            return answers
        with Web(self.seconds, self.answer_seconds) as web:
            named = self._named(web, pins, answers)
            told = self._told(web, {number: changed for found in named.values() for number, changed in found.items()})
        for pin, found in named.items():
            stands = [number for number in found if number not in told or not told[number].is_withdrawn]
            answers.known[pin] = merged([_weakness(pin, number, told.get(number)) for number in stands], pin.ecosystem)
        return answers

    def _address(self, what: str) -> str:
        return self.query_url.removesuffix("/").removesuffix("/query") + what

    def _named(self, web: Web, pins: Sequence[Pin], answers: Answers) -> dict[Pin, dict[str, str]]:
        """Ids of advisories, each with its time of change, by pin. One pin that upsets the service costs no other."""
        named: dict[Pin, dict[str, str]] = {}
        waiting = deque(pins[start : start + _AT_ONCE] for start in range(0, len(pins), _AT_ONCE))
        for _ in range(_BATCHES):
            if not waiting:
                break
            some = waiting.popleft()
            try:
                named |= self._batch(web, some)
            except NotReached:
                if not named:
                    raise
                left = [pin for pins_left in (some, *waiting) for pin in pins_left]
                answers.failed |= dict.fromkeys(left, f"{self.source} stopped answering")
                return named
            except NoAnswer as error:
                if len(some) == 1:
                    answers.failed[some[0]] = str(error)
                else:
                    half = len(some) // 2
                    waiting.extendleft((some[half:], some[:half]))
        for some in waiting:
            answers.failed |= dict.fromkeys(some, f"{self.source} refused too many questions")
        return named

    def _batch(self, web: Web, pins: Sequence[Pin]) -> dict[Pin, dict[str, str]]:
        """Asked again for further pages; raises `NoAnswer` unless every question has its answer."""
        named: dict[Pin, dict[str, str]] = {pin: {} for pin in pins}
        questions = [(pin, "") for pin in pins]
        for _ in range(_PAGES):
            if not questions:
                return named
            body = {"queries": [_question(pin, page) for pin, page in questions]}
            results = rows(table(web.json(self._address("/querybatch"), body)).get("results"))
            if len(results) != len(questions):
                raise NoAnswer(f"{self.source} answered {len(results)} of {len(questions)} questions")
            following = []
            for (pin, _page), result in zip(questions, (table(one) for one in results), strict=True):
                named[pin] |= dict(_mentions(result))
                if page := words(result.get("next_page_token")):
                    following.append((pin, page))
            questions = following
        raise NoAnswer(f"{self.source} has more pages than an answer can have")

    def _told(self, web: Web, wanted: Mapping[str, str]) -> dict[str, OsvRecord]:
        """The records of these ids; one that can't be had is missing, and its advisory goes without words."""
        cache = RecordCache(self.cache) if self.cache else None
        kept = cache.found(wanted) if cache else {}
        missing = [number for number in wanted if number not in kept]
        with ThreadPoolExecutor(_WORKERS) as pool:
            fetched = dict(zip(missing, pool.map(lambda number: self._record(web, number), missing), strict=True))
        if cache:
            cache.keep({number: (wanted[number], value) for number, value in fetched.items() if value})
        told = {}
        for number, value in {**kept, **fetched}.items():
            with suppress(NotAnAdvisory):
                told[number] = osv_record(value)
        return told

    def _record(self, web: Web, number: str) -> object:
        try:
            return web.json(self._address(f"/vulns/{number}"))
        except NoAnswer:
            return None


def _question(pin: Pin, page: str) -> dict[str, object]:
    asked: dict[str, object] = {"package": {"name": pin.name, "ecosystem": pin.ecosystem}, "version": pin.version}
    return {**asked, "page_token": page} if page else asked


def _mentions(result: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for mention in (table(one) for one in rows(result.get("vulns"))):
        if _ID.match(words(mention.get("id"))):
            yield words(mention.get("id")), words(mention.get("modified"))


def _weakness(pin: Pin, number: str, record: OsvRecord | None) -> Weakness:
    if record is None:
        return Weakness(number)
    affected = record.affected.get((pin.ecosystem, pin.name), ())
    try:
        fixed = fixed_for(pin.ecosystem, pin.version, affected)
        last = last_known_for(pin.ecosystem, pin.version, affected)
    except NoVersion:
        fixed, last = (), ""
    return Weakness(number, record.aliases, record.summary, record.severity, record.score, fixed, last)
