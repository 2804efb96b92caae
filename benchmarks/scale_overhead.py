"""The onboarding flow beside the same steps called as plain functions, and what one task costs."""

from __future__ import annotations

import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

import psutil

from clientdesk.cli.local_server import LocalServer, local_server
from clientdesk.cli.questions import AgreedBeforehand
from clientdesk.domain.intake import Interest
from clientdesk.forms.intake import ContactForm, OnboardingForm, RepositoryForm
from clientdesk.settings import read_settings
from clientdesk.steps import auditing, intake, outbox, proposing, publishing
from clientdesk.steps.desk import Desk
from clientdesk.wiring import make_desk, prepare_records, using

_TASKS = 200


def measure(repository: str, runs: int) -> None:
    """Print both, medians of `runs`, after one that is not counted."""
    logging.disable(logging.WARNING)
    form = OnboardingForm(
        company="Benchmark Ltd",
        contacts=[ContactForm(name="Ada", email="ada@example.com")],
        repositories=[RepositoryForm(address=repository)],
        interest=Interest.UNDECIDED,
    )
    with tempfile.TemporaryDirectory() as folder, local_server(Path(folder) / "prefect") as server:
        server.wait()
        # Prefect reads the server's address when it is imported.
        from scale_flows import nothings_at_once, nothings_in_turn  # noqa: PLC0415

        from flows.onboarding import onboard_client  # noqa: PLC0415

        plain = _median(Path(folder), runs, server, lambda desk: _as_functions(desk, form))
        flow = _median(Path(folder), runs, server, lambda desk: _in_the_engine(desk, lambda: onboard_client(form)))
        quiet = _median(Path(folder), runs, server, lambda desk: _without_heartbeat(desk, lambda: onboard_client(form)))
        print(f"Onboarding of {repository}, median of {runs}, seconds")
        print(f"{'':>30}{'wall':>8}{'CPU':>8}{'of it the server':>18}")
        for title, cost in (("as functions", plain), ("as a flow, as the command", quiet), ("with heartbeats", flow)):
            print(f"{title:>30}{cost.wall:>8.2f}{cost.cpu:>8.2f}{cost.server:>18.2f}")
        print(f"{'overhead':>30}{quiet.wall - plain.wall:>8.2f}{quiet.cpu - plain.cpu:>8.2f}")
        print(f"\nA task that does nothing, of {_TASKS}, milliseconds")
        for title, nothings in (("in turn", nothings_in_turn), ("at once", nothings_at_once)):
            print(f"{title:>16}{_seconds(lambda nothings=nothings: nothings(_TASKS)) / _TASKS * 1_000:>8.1f}")


@dataclass(frozen=True)
class Cost:
    """Seconds. `cpu` is of this process, its children that have ended, and the server."""

    wall: float
    cpu: float
    server: float


def _median(folder: Path, runs: int, server: LocalServer, work: Callable[[Desk], object]) -> Cost:
    """Each run has records of its own; what analysers have found is kept from the first, for all ways alike."""
    costs = []
    for _ in range(runs + 1):
        with _a_desk(folder) as desk:
            costs.append(_cost(server, lambda desk=desk: work(desk)))
    return Cost(*(statistics.median(each) for each in zip(*map(astuple, costs[1:]), strict=True)))


def _cost(server: LocalServer, work: Callable[[], object]) -> Cost:
    process = server.process_id
    before, of_server = _own_cpu(), _cpu_of(process)
    wall = _seconds(work)
    served = _cpu_of(process) - of_server
    return Cost(wall, _own_cpu() - before + served, served)


def _own_cpu() -> float:
    """With the children that have ended."""
    return sum(os.times()[:4])


def _cpu_of(process: int | None) -> float:
    return sum(psutil.Process(process).cpu_times()[:2]) if process else 0.0


@contextmanager
def _a_desk(folder: Path) -> Iterator[Desk]:
    with tempfile.TemporaryDirectory(dir=folder) as home:
        settings = read_settings({"CLIENTDESK_HOME": home, "CLIENTDESK_CACHE": str(folder / "cache"), **_QUIET}, folder)
        prepare_records(settings)
        yield make_desk(settings, decisions=AgreedBeforehand(), folders_allowed=True)


_QUIET = {"CLIENTDESK_PACKAGE_INDEXES": "off", "CLIENTDESK_OSV_URL": "http://127.0.0.1:9/"}


def _in_the_engine(desk: Desk, flow: Callable[[], object]) -> None:
    with using(desk):
        flow()


def _without_heartbeat(desk: Desk, flow: Callable[[], object]) -> None:
    """As `clientdesk onboard` runs it: the heartbeat's thread sleeps by the second, and each flow waits for its end."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: PLC0415 (as above)

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        _in_the_engine(desk, flow)


def _as_functions(desk: Desk, form: OnboardingForm) -> None:
    """What the flow does, in its order; the checks side by side, as there."""
    brief = intake.hold_intro_call(desk, form.intro_call(desk.agency.proposals.locale))
    audits = []
    for repository in form.repositories:
        checkout = desk.checkouts.fetch(repository.meant())
        with ThreadPoolExecutor(8) as pool:
            results = list(
                pool.map(lambda check, at=checkout: auditing.check_repository(desk, check, at), auditing.check_ids())
            )
        audits.append(auditing.keep_audit(desk, brief.client, checkout, results).id)
        desk.checkouts.discard(checkout)
    auditing.ask_engineer(desk, audits)
    draft = proposing.draft_proposal(desk, brief.client, audits)
    proposing.ask_account_lead(desk, draft.proposal)
    _, message = publishing.send_proposal(desk, draft.proposal)
    outbox.deliver_mail(desk, message)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
