"""The page that a notice names is the one where a person decides."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun, TaskRun

from tasks import pages


def a_run(around=None):
    return FlowRun(id=uuid4(), flow_id=uuid4(), parent_task_run_id=around)


def a_task(flow_run):
    return TaskRun(id=uuid4(), flow_run_id=flow_run, task_key="inside", dynamic_key="0")


@pytest.fixture
def inside(monkeypatch):
    """Calls from here come from within a given run; what Prefect knows of the runs around it is in `known`."""
    known = {}
    reads = {name: lambda _, wanted: known[wanted] for name in ("read_flow_run", "read_task_run")}

    @contextmanager
    def get_client(**_):
        yield type("Client", (), reads)()

    def begin(run, *others):
        known.update({each.id: each for each in others})
        monkeypatch.setattr(pages.FlowRunContext, "get", lambda: type("Here", (), {"flow_run": run}))

    monkeypatch.setattr(pages, "get_client", get_client)
    monkeypatch.setattr(pages, "url_for", lambda _, obj_id: f"http://desk/{obj_id}")
    return begin


def test_run_that_a_person_started_has_a_page_of_its_own(inside):
    run = a_run()
    inside(run)

    assert pages.started_page() == f"http://desk/{run.id}"


def test_run_inside_others_names_the_outermost(inside):
    started = a_run()
    first = a_task(started.id)
    between = a_run(first.id)
    second = a_task(between.id)
    inside(a_run(second.id), started, first, between, second)

    assert pages.started_page() == f"http://desk/{started.id}"


def test_run_that_a_task_outside_of_any_run_began_names_itself(inside):
    alone = a_task(None)
    run = a_run(alone.id)
    inside(run, alone)

    assert pages.started_page() == f"http://desk/{run.id}"


def test_outside_of_a_run_there_is_no_page():
    assert pages.started_page() == ""
