"""Runs one check so that its failure costs its own result and no other."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import replace
from datetime import date

from clientdesk.audit.check import Check
from clientdesk.audit.masking import masked
from clientdesk.audit.repository import Repository, ToolFailed
from clientdesk.audit.result import CheckResult, could_not_run

_log = logging.getLogger(__name__)
# More than what all the tools a check may wait for are given together.
CHECK_SECONDS = 1_200.0


def run_check(
    check: Check,
    repository: Repository,
    today: date,
    elapsed: Callable[[], float],
    seconds: float = CHECK_SECONDS,
) -> CheckResult:
    """The check's result with its wall time; whatever went wrong becomes "could not run" with the reason.

    `elapsed` is a clock that only runs forward, in seconds (`time.perf_counter`). After `seconds` nobody waits any
    longer. What is still running then can't be ended; it ends with the process.
    """
    started = elapsed()
    found: list[CheckResult] = []
    context = copy_context()
    looking = threading.Thread(
        target=lambda: found.append(context.run(_looked, check, repository, today)),
        name=f"check {check.id}",
        daemon=True,
    )
    looking.start()
    looking.join(seconds)
    result = found[0] if found else _too_slow(check, seconds)
    return replace(result, seconds=round(elapsed() - started, 3))


def _looked(check: Check, repository: Repository, today: date) -> CheckResult:
    try:
        return masked(check.look(repository, today))
    except ToolFailed as failure:
        return could_not_run(check.id, failure.reason, failure.tool)
    except RecursionError:
        return could_not_run(check.id, "Something in the repository is nested too deep to be read.")
    except MemoryError:
        return could_not_run(check.id, "Something in the repository needs more memory than there is.")
    except Exception as error:  # noqa: BLE001 -- a check reads hostile input; its defect must not cost the others
        _log.exception("the check %s failed on %s", check.id, repository.address)
        return could_not_run(
            check.id, f"The check {check.id} stopped with an error of its own ({type(error).__name__})."
        )


def _too_slow(check: Check, seconds: float) -> CheckResult:
    return could_not_run(check.id, f"It took longer than the {seconds:g} seconds that one check may have.")
