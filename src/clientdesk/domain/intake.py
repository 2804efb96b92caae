"""The intro call: who the client is, what they want, and whether the agency is right for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Interest(StrEnum):
    """The way of working the client asked about."""

    RETAINER = "retainer"
    PAY_AS_YOU_GO = "pay-as-you-go"
    UPGRADE_SPRINT = "sprint"
    UNDECIDED = "undecided"

    @classmethod
    def _missing_(cls, value: object) -> Interest | None:
        """What calls were kept with before the word was spelled out."""
        return cls.PAY_AS_YOU_GO if value == "payg" else None


class Expectation(StrEnum):
    """What a client may expect of support. The last three the agency refers to a partner."""

    OFFICE_HOURS_SUPPORT = "office-hours-support"
    MAINTENANCE = "maintenance"
    MONITORING = "monitoring"
    OPTIMISATION = "optimisation"
    UPGRADE = "upgrade"
    ROUND_THE_CLOCK = "24x7"
    TIER_ONE_DESK = "tier-1"
    WAR_ROOM = "war-room"


NOT_SERVED = frozenset({Expectation.ROUND_THE_CLOCK, Expectation.TIER_ONE_DESK, Expectation.WAR_ROOM})

# What comes back every month, for which time must be kept free.
REGULAR_NEEDS = frozenset(
    {
        Expectation.OFFICE_HOURS_SUPPORT,
        Expectation.MAINTENANCE,
        Expectation.MONITORING,
        Expectation.OPTIMISATION,
    }
)


class FitVerdict(StrEnum):
    FITS = "fits"
    FITS_IN_PART = "fits_in_part"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class RepositoryAddress:
    """Where the code is: an address or a folder, and the branch, tag or commit to look at ("" = its default).

    `credential` names the one in agency.toml that opens it, "" for none: never the secret itself.
    """

    address: str
    ref: str = ""
    credential: str = ""


@dataclass(frozen=True, slots=True)
class IntroCall:
    """What was said in the intro call, in the client's words where they are words.

    `vat_checked_by` names who has confirmed that the VAT ID is the client's ("": nobody yet).
    """

    company: str
    contacts: tuple[Contact, ...]
    repositories: tuple[RepositoryAddress, ...]
    interest: Interest = Interest.UNDECIDED
    expects: tuple[Expectation, ...] = ()
    pains: str = ""
    issues_raised_in: str = ""
    locale: str = "en_IE"
    country: str = ""
    vat_id: str = ""
    vat_checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """Who does what the agency does not. `is_example` until the agency has named its own."""

    expectation: Expectation
    name: str
    contact: str
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """An expectation that is not served here, and who serves it (None: no partner is named in agency.toml)."""

    expectation: Expectation
    partner: Partner | None


@dataclass(frozen=True, slots=True)
class Sanity:
    """A quick look at one repository that changes nothing; `problem` says why there was none."""

    repository: RepositoryAddress
    problem: str = ""
    commit: str = ""
    default_branch: str = ""
    last_commit_at: str = ""
    files: int = 0
    bytes: int = 0
    languages: tuple[str, ...] = ()
    lockfiles: tuple[str, ...] = ()
    ci: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    verdict: FitVerdict
    reasons: tuple[str, ...]
    referrals: tuple[Referral, ...] = ()


def client_key(company: str) -> str:
    """What makes two spellings one client: letter case, spacing and Unicode form do not count."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", company).casefold())
    return " ".join(unicodedata.normalize("NFKC", folded.casefold()).split())


def judge_fit(call: IntroCall, partners: Mapping[Expectation, Partner]) -> Fit:
    """Whether the agency can serve the client, with reasons.

    Only a client whose every need is outside the offer is referred. A way of working asked about is a need inside.
    """
    expects = tuple(dict.fromkeys(call.expects))
    inside = tuple(each for each in expects if each not in NOT_SERVED)
    referrals = tuple(Referral(each, partners.get(each)) for each in expects if each in NOT_SERVED)
    if not referrals:
        return Fit(FitVerdict.FITS, (_welcome(inside, call.interest),))
    reasons = tuple(_referral_reason(referral) for referral in referrals)
    if not inside and call.interest is Interest.UNDECIDED:
        return Fit(FitVerdict.REFER, ("Everything asked for is outside what we offer.", *reasons), referrals)
    return Fit(FitVerdict.FITS_IN_PART, (_welcome(inside, call.interest), *reasons), referrals)


_SAID: Mapping[Expectation, str] = {
    Expectation.OFFICE_HOURS_SUPPORT: "support in office hours",
    Expectation.MAINTENANCE: "maintenance",
    Expectation.MONITORING: "monitoring",
    Expectation.OPTIMISATION: "optimisation",
    Expectation.UPGRADE: "an upgrade",
    Expectation.ROUND_THE_CLOCK: "24x7 on call",
    Expectation.TIER_ONE_DESK: "a tier-1 help desk",
    Expectation.WAR_ROOM: "a war room of several teams",
}
_INTEREST_SAID: Mapping[Interest, str] = {
    Interest.RETAINER: "a retainer",
    Interest.PAY_AS_YOU_GO: "work by the hour",
    Interest.UPGRADE_SPRINT: "an upgrade sprint",
}


def _welcome(inside: tuple[Expectation, ...], interest: Interest) -> str:
    asked = [_SAID[each] for each in inside]
    asked += [_INTEREST_SAID[interest]] if interest in _INTEREST_SAID else []
    return f"Within what we offer: {', '.join(asked)}." if asked else "Nothing was asked for that we do not offer."


def _referral_reason(referral: Referral) -> str:
    outside = f"Outside what we offer: {_SAID[referral.expectation]}"
    if referral.partner is None:
        return f"{outside}; we know of no partner for it yet."
    return f"{outside}; {referral.partner.name} does it ({referral.partner.contact})."
