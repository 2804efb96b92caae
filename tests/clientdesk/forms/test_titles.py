"""Titles of a flow's parameters."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import pytest
import yaml
from prefect import Flow
from prefect.utilities.callables import parameter_schema

from clientdesk.forms.intake import RepositoryForm
from clientdesk.forms.titles import form, titled

DEPLOYMENTS = yaml.safe_load((Path(__file__).parents[3] / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


def shown(schema, name):
    """As the page does it: the parameter's own title, else that of its form."""
    field = schema["properties"][name]
    form = schema["definitions"].get(field.get("$ref", "").removeprefix("#/definitions/"), {})
    return field.get("title", form.get("title"))


def test_title_is_kept_as_the_page_reads_it():
    assert titled("Client").json_schema_extra == {"title": "Client"}


def test_form_begins_empty_so_that_what_is_missing_are_its_fields():
    def a_flow(change: Annotated[RepositoryForm, form("Repository")]) -> None:
        pass

    schema = parameter_schema(a_flow).model_dump()

    assert schema["properties"]["change"]["default"] == {}
    assert schema["required"] == ["change"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: each["name"])
def test_every_run_form_has_titles_and_descriptions_for_people(deployment):
    module, _, name = deployment["entrypoint"].rpartition(".")
    flow = getattr(import_module(module), name)
    assert isinstance(flow, Flow)

    schema = parameter_schema(flow).model_dump()

    for parameter, field in schema["properties"].items():
        assert shown(schema, parameter)[:1].isupper(), f"{name}: give {parameter} a title"
        assert field.get("description"), f"{name}: say in the docstring's Args what {parameter} is"
