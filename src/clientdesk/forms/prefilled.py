"""A form with initial values, every title, limit and place of its fields kept."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, create_model

Form = TypeVar("Form", bound=BaseModel)


def prefilled(form: type[Form], values: Mapping[str, object]) -> type[Form]:
    """A subclass whose fields begin with `values`; a name that the form does not have is refused.

    Prefect's own way of doing this loses titles and limits of the fields it fills in.
    """
    fields: dict[str, Any] = {}  # what create_model takes
    for name, value in values.items():
        field = copy.copy(form.model_fields[name])
        field.default, field.default_factory = value, None
        fields[name] = (field.annotation, field)
    return create_model(form.__name__, __base__=form, **fields)
