"""What bandit's rules are shown of a node, and a note of whether they looked at more than names.

Most rules look at the name of a call and at its keywords, and give up. Whatever such a rule says of one call it says of
every call of that name with as many arguments and no keywords, as long as the file's imports stay the same, and need
not be asked again.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from bandit.core.context import Context


class Imports:
    """The modules a file has imported so far, and what they were asked."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._like: dict[str, bool] = {}

    def add(self, name: str) -> None:
        self._names.add(name)
        self._like.clear()

    def has(self, module: str) -> bool:
        return module in self._names

    def has_like(self, module: str) -> bool:
        """Whether the word stands anywhere in the name of an import: bandit's rule."""
        known = self._like.get(module)
        if known is None:
            known = self._like[module] = any(module in name for name in self._names)
        return known

    @property
    def names(self) -> set[str]:
        return self._names


class NotedContext(Context):  # type: ignore[misc]  # bandit has no types
    """Bandit's context. `was_read`: more was looked at than names, imports, number of arguments, lack of keywords.

    Whoever wants to know sets it to False before.
    """

    call_function_name = None
    call_function_name_qual = None

    def __init__(self, facts: dict[str, Any], imports: Imports) -> None:
        self.was_read = False
        self.call_function_name = facts.get("name")
        self.call_function_name_qual = facts.get("qualname")
        self._facts = facts
        self._imports = imports
        self._keywords: Any = None
        call = facts.get("call")
        self._is_bare = call is not None and not call.keywords

    @property
    def _context(self) -> dict[str, Any]:
        self.was_read = True
        return self._facts

    @property
    def node(self) -> Any:  # noqa: ANN401  bandit's own signature
        if self._is_bare:
            return _BareCall(self._facts["call"], self._note)
        self.was_read = True
        return self._facts["node"]

    @property
    def call_args_count(self) -> int | None:
        call = self._facts.get("call")
        return None if call is None else len(call.args)

    @property
    def call_args(self) -> Sequence[Any]:
        count = self.call_args_count
        return _Arguments(count, self._read_args) if count else []

    def _read_args(self) -> Sequence[Any]:
        self.was_read = True
        args: list[Any] = super().call_args
        return args

    @property
    def call_keywords(self) -> Any:  # noqa: ANN401  bandit's own signature
        if self._is_bare:
            return {}
        self.was_read = True
        if self._keywords is None:
            self._keywords = super().call_keywords
        return self._keywords

    def is_module_imported_exact(self, module: str) -> bool:
        return self._imports.has(module)

    def is_module_imported_like(self, module: str) -> bool:
        return self._imports.has_like(module)

    def _note(self) -> None:
        self.was_read = True


class _Arguments(Sequence[Any]):
    """A call's arguments, read when one of them is wanted and not when they are counted."""

    def __init__(self, count: int, read: Callable[[], Sequence[Any]]) -> None:
        self._count = count
        self._read = read

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  bandit has no types
        return self._read()[place]


class _BareCall(ast.Call):
    """A call without keywords that notes when a rule looks at anything else of it."""

    def __init__(self, call: ast.Call, note: Callable[[], None]) -> None:
        self.__dict__.update(call=call, note=note)

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401  any of a node's attributes
        if name == "__dict__":
            return super().__getattribute__(name)
        own = super().__getattribute__("__dict__")
        if name != "keywords":
            own["note"]()
        return getattr(own["call"], name)
