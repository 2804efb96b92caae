"""Drop-downs: the words that a form offers, and the values of the program they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from babel.core import Locale
from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic.config import JsonDict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_NOT_SAID = "not known yet"
# What CLDR knows besides countries: unions, test data, and islands that have no code in ISO 3166.
_NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
# Boxes for a number that may stay empty. Said as "a number or null", the pages would show a switch between the two.
Hours = Annotated[
    Annotated[int, Field(ge=1, le=1_000)] | None, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 1_000})
]
Percent = Annotated[
    Annotated[float, Field(ge=0, lt=100)] | None,
    WithJsonSchema({"type": "number", "minimum": 0, "exclusiveMaximum": 100}),
]


@dataclass(frozen=True)
class OneOf:
    """Annotates a field: its form offers these words. The value itself is taken too, from where no form is."""

    words: Mapping[str, object]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        as_word = core_schema.plain_serializer_function_ser_schema(self._word, when_used="json")
        return core_schema.no_info_before_validator_function(self._value, handler(source), serialization=as_word)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "enum": list(self.words)}

    def _value(self, said: Any) -> object:  # noqa: ANN401 (whatever a form or a caller gives)
        return self.words.get(said, said) if isinstance(said, str) else said

    def _word(self, value: object) -> object:
        return next((word for word, meant in self.words.items() if meant == value), value)


def begins_with(words: Mapping[str, object]) -> JsonDict:
    """The first word as what the form shows at first; pydantic would show the value."""
    return {"default": next(iter(words))}


def never_optional(name: str) -> Callable[[JsonDict], None]:
    """For a form's schema: this field begins filled in, and the pages are not to call it optional."""

    def require(schema: JsonDict) -> None:
        before = schema.get("required", [])
        schema["required"] = [*(before if isinstance(before, list) else []), name]

    return require


def countries() -> dict[str, str]:
    """Words for each country's code, by name; the first means that nobody knows."""
    names = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}  # noqa: PLR2004 (ISO 3166's own length)
    known = sorted((name, code) for code, name in names.items() if code not in _NO_COUNTRIES)
    return {_NOT_SAID: "", **{f"{name} ({code})": code for name, code in known}}
