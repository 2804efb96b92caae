"""What a run has done once it does not do again: after a wait it begins at its top, and takes up the stored results."""

from typing import Any

from prefect.cache_policies import INPUTS, RUN_ID, CacheKeyFnPolicy
from prefect.context import TaskRunContext


def _name(context: TaskRunContext, _inputs: dict[str, Any]) -> str:
    return context.task.name


# By its name, not its source: a new version of the program must not send again what the old one sent.
ONCE = CacheKeyFnPolicy(cache_key_fn=_name) + RUN_ID + INPUTS
