"""A desk of fakes: nothing outside this process is touched, and every answer is scripted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from fakes.agency import AGENCY
from fakes.calendar import berlin
from fakes.checkouts import MemoryCheckouts
from fakes.clock import FixedClock
from fakes.documents import MemoryDocuments
from fakes.mailer import ListMailer, ListOutbox
from fakes.press import PlainPress
from fakes.replies import MemoryReplies
from fakes.repository import RepositoryFromText
from fakes.samples import call
from fakes.sprints import MemorySecretRegister, MemorySprints
from fakes.store import MemoryStore
from fakes.windows import MemoryWindows

from clientdesk.audit.repository import Repository
from clientdesk.domain.intake import IntroCall, RepositoryAddress
from clientdesk.domain.refusal import Refusal
from clientdesk.forms.intake import ContactForm, OnboardingForm, RepositoryForm
from clientdesk.ports.people import Decision, Ending
from clientdesk.steps.desk import Desk

SHOP = "https://git.example.com/harbour/shop.git"
BOOKING = "https://git.example.com/harbour/booking.git"
YES = Decision(True, "Ada Engineer", "read it")
NO = Decision(False, "Ada Engineer", "not yet")


class ScriptedDecisions:
    """Answers in the order given, a yes when none is left; keeps what was asked with which facts."""

    are_read = True

    def __init__(self, *answers: Decision) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []

    def sign_off(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        return self._answer("sign off", facts, documents)

    def approve(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        return self._answer("approve", facts, documents)

    def _answer(self, question: str, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        self.asked.append((question, tuple(facts), tuple(documents)))
        return self._answers.pop(0) if self._answers else YES


class ListProgress:
    """Titles and last words of the steps, in the order in which they ended."""

    def __init__(self) -> None:
        self.ended: list[tuple[str, str]] = []

    @contextmanager
    def step(self, title: str) -> Iterator[Ending]:
        ending = Ending()
        try:
            yield ending
        except BaseException:
            self.ended.append((title, "failed"))
            raise
        self.ended.append((title, ending.word))


def shop(address: str = SHOP, *, commit: str = "a" * 40, **files: str) -> RepositoryFromText:
    """A small repository without a pipeline: there is something to find, and no tool is installed."""
    return RepositoryFromText({"shop.py": "print('hello')\n", **files}, address=address, commit=commit)


def a_desk(
    sources: Mapping[str, Repository | Refusal] | None = None, *answers: Decision, mails: bool = False, **parts: object
) -> Desk:
    """`sources` as `MemoryCheckouts` takes them; `mails`: a mail server is configured; `parts` replace fakes."""
    store = MemoryStore()
    windows = MemoryWindows(store)
    desk = Desk(
        agency=AGENCY,
        calendar=berlin(),
        checkouts=MemoryCheckouts(sources if sources is not None else {SHOP: shop(), BOOKING: shop(BOOKING)}),
        store=store,
        windows=windows,
        replies=MemoryReplies(windows),
        sprints=MemorySprints(),
        secrets=MemorySecretRegister(),
        documents=MemoryDocuments(),
        press=PlainPress(),
        mailer=ListMailer(is_configured=mails),
        outbox=ListOutbox(),
        progress=ListProgress(),
        decisions=ScriptedDecisions(*answers),
        clock=FixedClock(),
    )
    if isinstance(parts.get("store"), MemoryStore):  # the windows are in its tables
        windows = MemoryWindows(parts["store"])
        parts = {"windows": windows, "replies": MemoryReplies(windows), **parts}
    return replace(desk, **parts)


def a_call(*addresses: str) -> IntroCall:
    return replace(call(), repositories=tuple(RepositoryAddress(each) for each in addresses or (SHOP,)))


def a_form(*addresses: str) -> OnboardingForm:
    return OnboardingForm(
        company="Harbour Bookings GmbH",
        contacts=[ContactForm(name="Nora Feld", email="nora.feld@harbour.com")],
        repositories=[RepositoryForm(address=each) for each in addresses or (SHOP,)],
        country="DE",
    )
