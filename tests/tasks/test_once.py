"""What a run has done is known by the run, the task's name and what it was given."""

from types import SimpleNamespace

from tasks.once import ONCE


def key(task, run, **inputs):
    context = SimpleNamespace(task=SimpleNamespace(name=task), task_run=SimpleNamespace(flow_run_id=run, id="t"))
    return ONCE.compute_key(context, inputs, {})


def test_same_task_of_the_same_run_with_the_same_inputs_is_the_same():
    assert key("send", "run", proposal="p") == key("send", "run", proposal="p")


def test_another_task_run_or_input_is_another():
    keys = [
        key("send", "run", proposal="p"),
        key("show", "run", proposal="p"),
        key("send", "later", proposal="p"),
        key("send", "run", proposal="q"),
    ]

    assert len(set(keys)) == len(keys)
