"""Reading parsed JSON, TOML and YAML whose shape nobody promised: a wrong shape reads as empty, never as an error."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence

import yaml


class Malformed(Exception):
    """The text is not what its name says it is."""


def json_of(text: str) -> object:
    """The value of a JSON text; raises `Malformed`, also for one nested too deep to read."""
    try:
        value: object = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not valid JSON ({_brief(error)})") from error
    return value


# tomllib takes time squared for what nobody writes: so many names joined by dots, so many braces in each other.
_DEEP_KEY = re.compile(r"(?<![\w\"'-])[\w\"'-]++(?:[ \t]*+\.[ \t]*+[\w\"'-]++){100}")


def toml_of(text: str) -> Mapping[str, object]:
    """The table of a TOML text; raises `Malformed`, also for one nested too deep to read."""
    if _DEEP_KEY.search(text):
        raise Malformed("not valid TOML (nested too deep)")
    try:
        return tomllib.loads(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not valid TOML ({_brief(error)})") from error


class _Loader(yaml.SafeLoader):
    """Plain data only; tags of other programs read as nothing, and merged keys can't multiply."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        super().flatten_mapping(node)
        if len(node.value) > _MOST_KEYS:
            raise yaml.YAMLError("more keys than a person would write")


_Loader.add_multi_constructor("", lambda _loader, _tag, _node: None)
_MOST_KEYS = 2_000
_MOST_ALIASES = 200
_MOST_TEXT = 200_000


def yaml_of(text: str) -> object:
    """The first document of a YAML text; raises `Malformed`, also for one that would unpack beyond all measure."""
    if len(text) > _MOST_TEXT or text.count("*") > _MOST_ALIASES + text.count("\n"):
        raise Malformed("too large to be written by a person")
    try:
        return next(iter(yaml.load_all(text, Loader=_Loader)), None)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Malformed(f"not valid YAML ({_brief(error)})") from error


def table(value: object, *keys: str) -> Mapping[str, object]:
    """The table at the end of `keys`, {} where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def rows(value: object) -> Sequence[object]:
    """The list, empty where the value is none."""
    return value if isinstance(value, list) else ()


def words(value: object) -> str:
    """The text, "" where the value is none."""
    return value if isinstance(value, str) else ""


def _brief(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:120]
