"""The tables of agency.toml, one by one."""

from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from typing import get_args

import pytest
from pydantic import BaseModel, ValidationError

from clientdesk.adapters.agency_form import AgencyForm, EffortTable, OfficeHoursTable, PartnersTable, ProposalsTable
from clientdesk.domain.estimating import EffortRule, hours
from clientdesk.domain.intake import NOT_SERVED, Expectation, Partner

BERLIN = {
    "zone": "Europe/Berlin",
    "opens": "09:00",
    "closes": "17:00",
    "weekdays": ["monday", "friday"],
    "country": "DE",
    "subdivision": "BE",
}


def fields(model: type[BaseModel] = AgencyForm) -> Iterator[tuple[str, str | None]]:
    """Every field of every table, with what it must be."""
    for name, field in model.model_fields.items():
        inner = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
        tables = [kind for kind in inner if issubclass(kind, BaseModel)]
        if tables:
            yield from fields(tables[0])
        else:
            yield f"{model.__name__}.{name}", field.description


@pytest.mark.parametrize(("field", "description"), list(fields()))
def test_every_field_says_what_it_must_be(field: str, description: str | None):
    assert description, field


def test_every_expectation_that_is_not_served_can_name_a_partner():
    table = PartnersTable.model_validate(
        {each.value: {"name": "Ann", "contact": "ann@example.com"} for each in NOT_SERVED}
    )

    assert table.value().keys() == NOT_SERVED
    assert table.value()[Expectation.WAR_ROOM] == Partner(Expectation.WAR_ROOM, "Ann", "ann@example.com")


def test_weekdays_count_from_monday_and_times_may_be_written_either_way():
    value = OfficeHoursTable.model_validate({**BERLIN, "opens": time(8, 30)}).value()

    assert value.weekdays == {0, 4}
    assert (value.opens, value.closes) == (time(8, 30), time(17))
    assert value.days_off == frozenset()


@pytest.mark.parametrize("closes", ["09:00", "08:59", "17:00Z"])
def test_office_closes_after_it_opens_by_the_local_clock(closes: str):
    with pytest.raises(ValidationError):
        OfficeHoursTable.model_validate({**BERLIN, "closes": closes})


def test_retainers_are_offered_in_rising_order_and_once_each():
    table = ProposalsTable(valid_days=30, retainer_hours=[16, 8, 8], locale="en_IE", engineer="Ann", account_lead="Max")

    assert table.value().retainer_hours == (8, 16)


def test_effort_that_names_nothing_changes_nothing():
    rule = EffortRule("split", "Split {cause}", "function", hours("0", "1", "2"), hours("1", "2", "3"), Decimal(9))

    assert EffortTable().value(rule) == rule


def test_effort_may_be_set_to_no_hours_at_all():
    rule = EffortRule("split", "Split {cause}", "function", hours("0", "1", "2"), hours("1", "2", "3"), Decimal(9))

    assert EffortTable.model_validate({"fixed": [0, 0, 0]}).value(rule).fixed == hours("0", "0", "0")
