"""Runs one check so that its failure costs its own result and no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from clientdesk.audit.check import Check
from clientdesk.audit.repository import Repository, ToolFailed
from clientdesk.audit.result import CheckResult, could_not_run

_log = logging.getLogger(__name__)


def run_check(check: Check, repository: Repository, today: date, elapsed: Callable[[], float]) -> CheckResult:
    """The check's result with its wall time; whatever went wrong becomes "could not run" with the reason.

    `elapsed` is a clock that only runs forward, in seconds (`time.perf_counter`).
    """
    started = elapsed()
    return replace(_looked(check, repository, today), seconds=round(elapsed() - started, 3))


def _looked(check: Check, repository: Repository, today: date) -> CheckResult:
    try:
        return check.look(repository, today)
    except ToolFailed as failure:
        return could_not_run(check.id, failure.reason, failure.tool)
    except Exception as error:  # noqa: BLE001 -- a check reads hostile input; its defect must not cost the others
        _log.exception("the check %s failed on %s", check.id, repository.address)
        return could_not_run(
            check.id, f"The check {check.id} stopped with an error of its own ({type(error).__name__})."
        )
