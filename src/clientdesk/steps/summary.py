"""What onboarding came to, in a few lines for whoever started it."""

from __future__ import annotations

from clientdesk.domain.proposal import ProposalState
from clientdesk.steps.auditing import kept_audit, pdf_of
from clientdesk.steps.desk import Desk
from clientdesk.steps.onboarding import Onboarding


def summary_of(desk: Desk, done: Onboarding) -> list[tuple[str, str]]:
    """Title and text of each line: fit, verdict per repository, price, window, what happened to the proposal."""
    lines = [("Fit", " ".join((done.brief.fit.verdict.value.replace("_", " ") + ":", *done.brief.fit.reasons)))]
    for audit in done.audits:
        report = kept_audit(desk, audit)
        lines.append(("Verdict", f"{report.score.grade}: {report.score.verdict} ({report.repository})"))
    if done.proposal is None:
        return [*lines, ("Proposal", "none: the engineer did not sign the audit off. Run again when it is right.")]
    proposal = done.proposal
    lines += [
        ("Plan", proposal.plan),
        ("Price", proposal.price),
        ("First window", f"{proposal.first_window}, held until the end of {proposal.answer_by}"),
    ]
    if proposal.state is not ProposalState.SENT:
        state = proposal.state.value.replace("_", " ")
        return [*lines, ("Proposal", f"{state}: not sent. Run again to be asked again.")]
    return [
        *lines,
        ("Proposal", f"{proposal.number}, valid until {proposal.valid_until}; e-mail: {proposal.mail_state}"),
    ]


def places_of(desk: Desk, done: Onboarding) -> list[tuple[str, str]]:
    """Title and place of each document that a person can open."""
    places = [("Audit", desk.documents.place(pdf_of(desk.store.audit(audit)))) for audit in done.audits]
    if done.proposal is not None:
        places.append(("Proposal PDF", done.proposal.pdf))
        if done.proposal.mail:
            places.append(("E-mail", done.proposal.mail))
    return places
