"""The fixed wording of all documents, by language: `report_templates/wording/<language>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from markupsafe import Markup, escape

from clientdesk.adapters.unparted import unparted_markup
from clientdesk.domain.refusal import Refusal


class UnknownLanguage(Refusal):
    """There is no wording for the language asked for."""


class MissingWording(LookupError):
    """A template asked for wording that is not in the catalogue: a defect, shown by the tests."""


class Wording:
    """Looks wording up by dotted key and fills in its `{names}`."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = entries

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._entries)

    def template(self, key: str, values: Mapping[str, object]) -> str:
        if key in self._entries:
            return self._entries[key]
        plural = f"{key}.{'one' if values.get('count') in {1, '1'} else 'other'}"
        if plural in self._entries:
            return self._entries[plural]
        raise MissingWording(f"no wording for {key!r}")

    def plain(self, key: str, **values: object) -> str:
        return self.template(key, values).format(**values)

    def markup(self, key: str, **values: object) -> Markup:
        """For HTML: what is filled in is escaped, unless it is markup already; figures stay with their units."""
        return unparted_markup(escape(self.template(key, values)).format(**values))


def wording(folder: Path, language: str) -> Wording:
    """The catalogue of a language (`en`); raises `UnknownLanguage`."""
    path = folder / f"{language}.toml"
    known = sorted(file.stem for file in folder.glob("*.toml"))
    if language not in known:
        raise UnknownLanguage(f"documents can't be written in {language!r}: choose a locale of {', '.join(known)}")
    return Wording(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            entries |= _flat(cast("Mapping[str, object]", value), f"{prefix}{key}.")
        else:
            entries[f"{prefix}{key}"] = str(value)
    return entries
