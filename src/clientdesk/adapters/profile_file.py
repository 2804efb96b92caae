"""Reads the engineer's audit profile. Whatever is wrong in it is said at once, one line each, with key and line."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from clientdesk.adapters.toml_lines import Place, numbered_lines
from clientdesk.audit.profile import Acceptance, IgnoredPath, Profile
from clientdesk.domain.refusal import Refusal

_STRICT = ConfigDict(extra="forbid", strict=True)
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
_FROM_THE_TOP = r"^[^/\\].*$"


class BadProfile(Refusal):
    """The audit profile can't be used; the message has one line for each thing that is wrong."""


class _Ignore(BaseModel):
    model_config = _STRICT
    paths: list[Annotated[str, StringConstraints(pattern=_FROM_THE_TOP)]] = Field(
        min_length=1, description='globs from the top, as in ["legacy/**", "**/*.min.js"]'
    )
    reason: _Words = Field(description="the reason in words")


class _Accept(BaseModel):
    model_config = _STRICT
    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$", description="a finding's fingerprint: 16 digits 0-9, a-f")
    reason: _Words = Field(description="the reason in words")
    by: _Words = Field(description="the name of whoever accepts it")
    until: date = Field(description="the last day on which it holds, as in 2026-12-31")


class _Form(BaseModel):
    model_config = _STRICT
    ignore: list[_Ignore] = Field(default=[], description="tables [[ignore]] with paths and reason")
    accept: list[_Accept] = Field(default=[], description="tables [[accept]] with fingerprint, reason, by and until")


_TABLES: Mapping[str, type[BaseModel]] = {"ignore": _Ignore, "accept": _Accept}


def read_profile(path: Path) -> Profile:
    """The profile in a TOML file; raises `BadProfile`."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadProfile(f"{path.name} can't be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        form = _Form.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadProfile(_syntax_error(path.name, error)) from error
    except ValidationError as error:
        raise BadProfile(_said(path.name, error.errors(include_url=False), numbered_lines(text))) from error
    return Profile(
        name=path.name,
        sha256=hashlib.sha256(raw).hexdigest(),
        ignored=tuple(IgnoredPath(glob, each.reason) for each in form.ignore for glob in each.paths),
        accepted=tuple(Acceptance(a.fingerprint, a.reason, a.by, a.until) for a in form.accept),
    )


def _syntax_error(name: str, error: tomllib.TOMLDecodeError) -> str:
    what, _, place = str(error).partition(" (at ")
    line = re.match(r"line (\d+)", place)
    return f"{name}, line {line[1]}: {what}" if line else f"{name}, at its end: {what}"


def _said(name: str, errors: list[ErrorDetails], lines: dict[Place, int]) -> str:
    told = {_sentence(name, error, lines) for error in errors}
    return "\n".join(sentence for _, sentence in sorted(told))


def _sentence(name: str, error: ErrorDetails, lines: dict[Place, int]) -> tuple[int, str]:
    place: Place = tuple(part for part in error["loc"])
    line = next((lines[place[:depth]] for depth in range(len(place), 0, -1) if place[:depth] in lines), 0)
    key = ".".join(part for part in place if isinstance(part, str))
    where = f"{name}, line {line}" if line else name
    return line, f"{where}: {key}: {_what(place, error)}"


def _what(place: Place, error: ErrorDetails) -> str:
    names = [part for part in place if isinstance(part, str)]
    model = _TABLES.get(names[0], _Form) if len(names) > 1 else _Form
    if error["type"] == "extra_forbidden":
        known = sorted(model.model_fields)
        near = get_close_matches(names[-1], known, 1, 0.5)
        return f"is not known; did you mean {near[0]}?" if near else f"is not known; known are: {', '.join(known)}"
    field = model.model_fields.get(names[-1])
    wanted = field.description if field else ""
    return f"is missing: it must be {wanted}" if error["type"] == "missing" else f"must be {wanted}"
