"""A form with initial values, every title, limit and place of its fields kept."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, create_model
from pydantic.config import JsonDict
from pydantic_core import to_jsonable_python

Form = TypeVar("Form", bound=BaseModel)
Extra = JsonDict | Callable[[JsonDict], None] | None


def prefilled(form: type[Form], values: Mapping[str, object]) -> type[Form]:
    """A subclass whose fields begin with `values`; a name that the form does not have is refused.

    Prefect's own way of doing this loses titles and limits of the fields it fills in.
    """
    fields: dict[str, Any] = {}  # what create_model takes
    for name, value in values.items():
        field = copy.copy(form.model_fields[name])
        if field.default is None:  # the pages leave an emptied box out, which must not bring the value back
            field.json_schema_extra = _beginning_with(value, field.json_schema_extra)
        else:
            field.default, field.default_factory = value, None
        fields[name] = (field.annotation, field)
    return create_model(form.__name__, __base__=form, **fields)


def _beginning_with(value: object, before: Extra) -> Callable[[JsonDict], None]:
    """Only shown, in the page's form."""

    def place(schema: JsonDict) -> None:
        if callable(before):
            before(schema)
        else:
            schema.update(before or {})
        if value is not None:
            schema["default"] = to_jsonable_python(value)

    return place
