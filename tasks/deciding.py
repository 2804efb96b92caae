"""Who decides: on a terminal whoever sits there, otherwise a person on a form, while the run waits."""

from prefect import task

from clientdesk.forms.account_lead import AccountLeadForm
from clientdesk.forms.client_answer import ClientAnswerForm
from clientdesk.forms.engineer import EngineerForm, engineer_form
from clientdesk.forms.prefilled import prefilled
from clientdesk.ports.people import Decision
from clientdesk.steps import auditing, hearing, proposing, showing
from clientdesk.steps.hearing import Heard
from clientdesk.wiring import desk
from tasks.once import ONCE
from tasks.waiting import answered, can_wait, patience


@task(name="engineer signs the audit off")
def ask_engineer(audits: list[str]) -> Decision:
    """Ask whether the audits are right, and keep who answered and what they said."""
    return auditing.ask_engineer(desk(), audits)


@task(name="account lead approves the sending")
def ask_account_lead(proposal: str) -> Decision:
    """Ask whether it shall go out, and keep who answered and what they said."""
    return proposing.ask_account_lead(desk(), proposal)


@task(name="take up the engineer's word", persist_result=True, cache_policy=ONCE)
def hear_engineer(turn: str, audits: list[str], said: dict[str, object]) -> Heard:  # noqa: ARG001 (`turn` tells two apart)
    """Keep the sign-off, or say what is wrong with it."""
    return hearing.hear_engineer(desk(), audits, EngineerForm.model_validate(said).verdict())


@task(name="take up the account lead's word", persist_result=True, cache_policy=ONCE)
def hear_account_lead(turn: str, proposal: str, said: dict[str, object]) -> Heard:  # noqa: ARG001 (as above)
    """Approve, revise or leave it, or say what is wrong."""
    return hearing.hear_account_lead(desk(), proposal, AccountLeadForm.model_validate(said).release())


@task(name="take up the client's answer", persist_result=True, cache_policy=ONCE)
def hear_client(turn: str, proposal: str, said: dict[str, object]) -> Heard:  # noqa: ARG001 (as above)
    """Put it down with its evidence, or say what is missing."""
    return hearing.hear_client(desk(), proposal, ClientAnswerForm.model_validate(said).answer())


def engineer_decides(audits: list[str], attempt: int) -> Heard:
    """Are the audits right? Where nobody can be asked, that counts as no."""
    if desk().decisions is not None or not can_wait():
        return _as_heard(ask_engineer(audits) if desk().decisions else _NOBODY)
    return answered(
        prefilled(engineer_form(showing.finding_choices(desk(), audits)), {"by": desk().agency.proposals.engineer}),
        f"engineer-{attempt}",
        lambda _: showing.audits_of(desk(), audits),
        lambda turn, said, _: hear_engineer(turn, audits, said.model_dump(mode="json")),
        "",
        patience(),
    )


def account_lead_decides(proposal: str) -> Heard:
    """Shall it go out, and as it is? `proposal` of the answer is what goes out."""
    if desk().decisions is not None or not can_wait():
        return _as_heard(ask_account_lead(proposal) if desk().decisions else _NOBODY, proposal)
    return answered(
        prefilled(AccountLeadForm, {"by": desk().agency.proposals.account_lead}),
        "account-lead",
        lambda subject: showing.release_shown(desk(), subject),
        lambda turn, said, subject: hear_account_lead(turn, subject, said.model_dump(mode="json")),
        proposal,
        patience(),
    )


def client_decides(proposal: str) -> None:
    """Wait for the client's answer, which somebody puts down; on a terminal nobody waits that long."""
    if desk().decisions is not None or not can_wait() or not hearing.is_awaited(desk(), proposal):
        return
    answered(
        prefilled(ClientAnswerForm, hearing.likely_answer(desk(), proposal)),
        f"client-{proposal}",
        lambda subject: showing.proposal_shown(desk(), subject),
        lambda turn, said, subject: hear_client(turn, subject, said.model_dump(mode="json")),
        proposal,
        hearing.time_to_answer(desk(), proposal),
    )


_NOBODY = Decision(False, "nobody", "no person could be asked")


def _as_heard(decision: Decision, proposal: str = "") -> Heard:
    return Heard(is_final=True, is_yes=decision.is_yes, proposal=proposal)
