"""What people said on a form while a run waited: taken up, or sent back with what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clientdesk.audit.judging import Course, Opinion, Verdict, judgements
from clientdesk.audit.report import Judgement, SignOff
from clientdesk.documents.proposal import finding_id
from clientdesk.domain.answers import ClientAnswer
from clientdesk.domain.office_hours import end_of_day
from clientdesk.domain.proposal import ProposalState
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.releasing import Release, Unreleased, change_of
from clientdesk.steps.answering import Evidence, Unproven, Yes, accept, decline
from clientdesk.steps.auditing import measured_audit, signed_off
from clientdesk.steps.desk import Desk
from clientdesk.steps.publishing import kept_proposal
from clientdesk.steps.revising import revise


class Nameless(Refusal):
    """A decision that nobody put a name to."""


class UnknownFinding(Refusal):
    """A number that is of none of the audits."""


_ANSWERED = frozenset({ProposalState.ACCEPTED, ProposalState.DECLINED})


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of an answer. Not `is_final`: it is asked again, with `problem` if that was the reason.

    `proposal` is the one that is decided on from here: a change makes a new one. `letter` goes into its mail.
    """

    is_final: bool
    is_yes: bool = False
    wants_redo: bool = False
    proposal: str = ""
    problem: str = ""
    letter: str = ""


def hear_engineer(desk: Desk, audits: Sequence[str], verdict: Verdict) -> Heard:
    """Keep the sign-off with the severities it sets, and print the reports again; all of it is right, or nothing."""
    if verdict.course is not Course.ACCEPT:
        return Heard(is_final=True, wants_redo=verdict.course is Course.REDO)
    try:
        _must_be_named(verdict.by)
        kept = _judgements(desk, audits, verdict)
    except Refusal as refusal:
        return Heard(is_final=False, problem=str(refusal))
    now = desk.clock.now()
    for audit, judged in kept.items():
        signed_off(desk, audit, SignOff(verdict.by, now, verdict.notes, judged))
    return Heard(is_final=True, is_yes=True)


def hear_account_lead(desk: Desk, proposal: str, release: Release) -> Heard:
    """Approve the proposal as it was shown; a change makes a new draft, which has to be seen before it goes out."""
    try:
        _must_be_named(release.by)
        if release.is_sent:
            _must_be_as_shown(release)
            _approved(desk, proposal, release)
            return Heard(is_final=True, is_yes=True, proposal=proposal, letter=release.letter)
        if release.is_stopped:
            return Heard(is_final=True, proposal=proposal)
        draft = revise(desk, desk.store.proposal(proposal), change_of(release))
    except Refusal as refusal:
        return Heard(is_final=False, proposal=proposal, problem=str(refusal))
    return Heard(is_final=False, proposal=draft.id)


def hear_client(desk: Desk, proposal: str, answer: ClientAnswer) -> Heard:
    """Put the client's answer down with its evidence. One that was put down elsewhere stands."""
    record = desk.store.proposal(proposal)
    if record.state in _ANSWERED:
        return Heard(is_final=True, is_yes=record.state is ProposalState.ACCEPTED, proposal=proposal)
    try:
        if answer.is_yes:
            yes = Yes(answer.by, _instant(desk, answer.on), answer.how, Evidence(words=answer.words))
            accept(desk, record, yes, answer.recorded_by)
        else:
            _must_be_explained(answer)
            decline(desk, record, answer.recorded_by, answer.words)
    except Refusal as refusal:
        return Heard(is_final=False, proposal=proposal, problem=str(refusal))
    return Heard(is_final=True, is_yes=answer.is_yes, proposal=proposal)


def is_awaited(desk: Desk, proposal: str) -> bool:
    """Whether the client has it and has not answered."""
    return desk.store.proposal(proposal).state is ProposalState.SENT


def likely_answer(desk: Desk, proposal: str) -> dict[str, object]:
    """What the form of the answer begins with."""
    record = desk.store.proposal(proposal)
    contact = kept_proposal(desk, record).call.contacts[0]
    return {"by": contact.name, "on": desk.today(), "recorded_by": desk.agency.proposals.account_lead}


def time_to_answer(desk: Desk, proposal: str) -> timedelta:
    """Until a week after the last valid day: a yes given in time may be put down late."""
    record, zone = desk.store.proposal(proposal), desk.agency.office_hours.zone
    return max(end_of_day(record.valid_until, zone) - desk.clock.now(), timedelta(0)) + timedelta(weeks=1)


def _instant(desk: Desk, day: date) -> datetime:
    """The end of that local day, or now if that is yet to come: the form asks for no hour."""
    now, end = desk.clock.now(), end_of_day(day, desk.agency.office_hours.zone) - timedelta(seconds=1)
    return now if day == desk.today() else end


def _must_be_explained(answer: ClientAnswer) -> None:
    if not answer.words.strip() or not answer.recorded_by.strip():
        raise Unproven("a no is put down with its reason, in the client's words, and the name of who puts it down")


def _judgements(desk: Desk, audits: Sequence[str], verdict: Verdict) -> dict[str, tuple[Judgement, ...]]:
    """Of each audit. A number is tried with all of them, so that one that fits none is told with what would do."""
    left, kept = list(verdict.opinions), {}
    for place, audit in enumerate(audits, start=1):
        mine = [each for each in left if _is_of(each, place, len(audits))]
        left = [each for each in left if each not in mine]
        kept[audit] = judgements(measured_audit(desk, audit), [_plain(each, place, len(audits)) for each in mine])
    if left:
        raise UnknownFinding(
            f"there is no finding {left[0].number!r}: with several repositories, R1-F-01 is of the first"
        )
    return kept


def _is_of(opinion: Opinion, place: int, repositories: int) -> bool:
    return repositories == 1 or opinion.number.strip().upper().startswith(finding_id("", place, repositories))


def _plain(opinion: Opinion, place: int, repositories: int) -> Opinion:
    number = opinion.number.strip().upper().removeprefix(finding_id("", place, repositories))
    return Opinion(number, opinion.severity, opinion.why)


def _must_be_named(by: str) -> None:
    if not by.strip():
        raise Nameless("it is kept who decided: fill in your name")


def _must_be_as_shown(release: Release) -> None:
    if not release.change.is_empty:
        raise Unreleased("a change has to be seen before it goes out: choose “change it and show me again”")


def _approved(desk: Desk, proposal: str, release: Release) -> None:
    """One that somebody else has approved or sent meanwhile is what was asked for."""
    try:
        desk.store.move(proposal, ProposalState.APPROVED, release.by, desk.clock.now(), "approved on the run's form")
    except Refusal:
        state = desk.store.proposal(proposal).state
        if state not in (ProposalState.APPROVED, ProposalState.SENT):
            raise
        if state is ProposalState.SENT and release.letter.strip():
            raise Unreleased(
                "it was released and sent a moment ago, so your words can't be in its mail any more: "
                "take them out of the form to go on"
            ) from None
