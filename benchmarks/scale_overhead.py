"""The onboarding flow beside the same steps called as plain functions, and what one task costs."""

from __future__ import annotations

import logging
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from clientdesk.cli.local_server import local_server
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

        plain = _median(Path(folder), runs, lambda desk: _as_functions(desk, form))
        flow = _median(Path(folder), runs, lambda desk: _in_the_engine(desk, lambda: onboard_client(form)))
        print(f"Onboarding of {repository}, median of {runs}, seconds")
        print(f"{'as functions':>16}{plain:>8.2f}\n{'as a flow':>16}{flow:>8.2f}\n{'overhead':>16}{flow - plain:>8.2f}")
        print(f"\nA task that does nothing, of {_TASKS}, milliseconds")
        for title, nothings in (("in turn", nothings_in_turn), ("at once", nothings_at_once)):
            print(f"{title:>16}{_seconds(lambda nothings=nothings: nothings(_TASKS)) / _TASKS * 1_000:>8.1f}")


def _median(folder: Path, runs: int, work: Callable[[Desk], object]) -> float:
    """Each run has records of its own; what analysers have found is kept from the first, for both ways alike."""
    seconds = []
    for _ in range(runs + 1):
        with _a_desk(folder) as desk:
            seconds.append(_seconds(lambda desk=desk: work(desk)))
    return statistics.median(seconds[1:])


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
