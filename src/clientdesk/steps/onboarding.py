"""What onboarding a client came to, for whoever started it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clientdesk.steps.intake import IntakeBrief
from clientdesk.steps.publishing import ProposalOutcome


@dataclass(frozen=True, slots=True)
class Onboarding:
    """`proposal` is None where the engineer did not sign the audit off."""

    brief: IntakeBrief
    audits: tuple[str, ...]
    proposal: ProposalOutcome | None


def onboarding_of(brief: IntakeBrief, audits: Sequence[str], proposal: ProposalOutcome | None) -> Onboarding:
    return Onboarding(brief, tuple(audits), proposal)
