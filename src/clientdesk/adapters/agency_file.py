"""Reads agency.toml. Whatever is wrong in it is said at once, one line each, with its key and its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clientdesk.adapters.agency_form import AgencyForm
from clientdesk.adapters.credential_table import contradictions
from clientdesk.adapters.toml_lines import key_lines
from clientdesk.audit.registry import CHECKS
from clientdesk.domain.agency import Agency
from clientdesk.domain.estimating import EffortRule
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.standing_work import STANDING_EFFORT

_SHOWN = 60
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_Key = tuple[str, ...]


class BadAgencyFile(Refusal):
    """agency.toml can't be used; the message has one line for each thing that is wrong."""


@dataclass(frozen=True, slots=True)
class _Problem:
    key: _Key
    what: str


def read_agency(path: Path, shipped: Iterable[EffortRule] | None = None) -> Agency:
    """The agency's facts; raises `BadAgencyFile`. `shipped` are the effort rules that the file may change parts of
    (those of the checks and of standing work, if none are given); `Agency.effort` has the changed ones whole.
    """
    text = _text(path)
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadAgencyFile(_syntax_error(path.name, error)) from error
    rules = {rule.key: rule for rule in (_shipped() if shipped is None else shipped)}
    form, problems = _checked(content, rules)
    if form is None or problems:
        lines = key_lines(text)
        said = sorted((_line_of(problem.key, lines), _said(path.name, problem, lines)) for problem in problems)
        raise BadAgencyFile("\n".join(sentence for _, sentence in said))
    return _agency(form, rules)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadAgencyFile(f"there is no {path}: copy the project's agency.toml, or set CLIENTDESK_AGENCY") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadAgencyFile(f"{path} can't be read: {error}") from error


def _syntax_error(name: str, error: tomllib.TOMLDecodeError) -> str:
    what, _, place = str(error).partition(" (at ")
    line = re.match(r"line (\d+)", place)
    return f"{name}, line {line[1]}: {what}" if line else f"{name}, at its end: {what}"


def _shipped() -> Iterator[EffortRule]:
    yield from (rule for check in CHECKS for rule in check.effort)
    yield from STANDING_EFFORT


def _agency(form: AgencyForm, rules: Mapping[str, EffortRule]) -> Agency:
    office = form.office_hours.value().weekdays
    return Agency(
        seller=form.seller.value(),
        office_hours=form.office_hours.value(),
        rates=form.rates.value(),
        windows=form.windows.value(),
        proposals=form.proposals.value(),
        response=form.response.value(),
        partners=form.partners.value(),
        effort={key: table.value(rules[key]) for key, table in form.effort.items()},
        people=tuple(table.value(name, office) for name, table in form.people.items()),
        credentials={name: table.value(name) for name, table in form.credentials.items()},
    )


def _checked(content: dict[str, Any], rules: Mapping[str, EffortRule]) -> tuple[AgencyForm | None, list[_Problem]]:
    """The form, and what is wrong with it; no form where a single value already is."""
    effort = content.get("effort")
    problems = [
        _Problem(("effort", key), f"there is no such effort rule (its key is in quotation marks){_nearest(key, rules)}")
        for key in (effort if isinstance(effort, dict) else ())
        if key not in rules
    ]
    try:
        form = AgencyForm.model_validate(content)
    except ValidationError as error:
        currency = _currency(content)
        return None, problems + [_problem(detail, currency) for detail in error.errors(include_url=False)]
    return form, problems + list(_contradictions(form))


def _contradictions(form: AgencyForm) -> Iterator[_Problem]:
    if form.windows.weekday not in form.office_hours.weekdays:
        yield _Problem(("windows", "weekday"), "must be one of office_hours.weekdays: no window opens on another")
    staff = sum(person.hours_on(form.windows.weekday) for person in form.people.values())
    if not form.people and form.windows.capacity_hours is None:
        yield _Problem(("windows", "capacity_hours"), "is missing: where [people] names nobody, it is what a day has")
    if form.people and staff < form.windows.hours_a_day:
        weekday, box = form.windows.weekday.name.lower(), form.windows.hours_a_day
        yield _Problem(("people",), f"must have {box} hours for a window on a {weekday}, not {staff}")
    for key, what in contradictions(form.credentials):
        yield _Problem(key, what)


def _problem(detail: ErrorDetails, currency: str) -> _Problem:
    key = tuple(str(part) for part in detail["loc"] if isinstance(part, str))
    model, description = _described(key)
    wanted = description.format(currency=currency)
    if detail["type"] == "missing":
        return _Problem(key, f"is missing: it must be {wanted}" if wanted else "is missing: add this table")
    if detail["type"] == "extra_forbidden":
        known = [field.alias or name for name, field in model.model_fields.items()]
        return _Problem(key, f"is not known{_nearest(key[-1], known)}")
    # Whoever puts a token where its place is asked for must not find it in a log.
    shown = "what is written there" if key[-1:] == ("secret",) else _shown(detail["input"])
    return _Problem(key, f"must be {wanted or 'a table'}, not {shown}")


def _described(key: _Key) -> tuple[type[BaseModel], str]:
    """The table that a key is in, and what its value must be ("" for a table)."""
    model: type[BaseModel] = AgencyForm
    description = ""
    for part in key:
        field = next((f for name, f in model.model_fields.items() if part == (f.alias or name)), None)
        if field is None:
            continue  # a key of the client's choice, or one not known
        description = field.description or ""
        model = next((kind for kind in (field.annotation, *get_args(field.annotation)) if _is_table(kind)), model)
    return model, description


def _is_table(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _nearest(key: str, known: Iterable[str]) -> str:
    known = sorted(known)
    near = get_close_matches(key, known, 1, 0.5)
    return f"; did you mean {near[0]}?" if near else f"; known are: {', '.join(known)}"


def _currency(content: dict[str, Any]) -> str:
    rates = content.get("rates")
    named = rates.get("currency") if isinstance(rates, dict) else None
    return named if isinstance(named, str) else "EUR"


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _line_of(key: _Key, lines: Mapping[_Key, int]) -> int:
    """The line of the key or of the table it should be in; 0 where there is neither."""
    return next((lines[key[:depth]] for depth in range(len(key), 0, -1) if key[:depth] in lines), 0)


def _said(name: str, problem: _Problem, lines: Mapping[_Key, int]) -> str:
    line = _line_of(problem.key, lines)
    written = ".".join(part if _BARE_KEY.fullmatch(part) else f'"{part}"' for part in problem.key)
    return f"{name}, line {line}: {written}: {problem.what}" if line else f"{name}: {written}: {problem.what}"
