"""What people fill in after the intro call, checked field by field and turned into domain values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic.config import JsonDict
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as StdnumError

from clientdesk.domain.intake import Contact, Expectation, Interest, IntroCall, RepositoryAddress
from clientdesk.domain.vat import EU
from clientdesk.forms.choices import OneOf, begins_with, countries

_GREEK = "EL"  # VAT IDs of Greece begin with it, though the country's code is GR
_LOCALE = re.compile(r"((en|de)_[A-Z]{2})?")
_COUNTRY = re.compile(r"([A-Z]{2})?")
_CREDENTIAL = re.compile(r"([a-z0-9][a-z0-9-]{0,60})?")
_INTERESTS = {
    "not decided yet": Interest.UNDECIDED,
    "a retainer: hours every month": Interest.RETAINER,
    "pay as you go": Interest.PAY_AS_YOU_GO,
    "a one-off upgrade sprint": Interest.UPGRADE_SPRINT,
}
_EXPECTATIONS = {
    "support in office hours": Expectation.OFFICE_HOURS_SUPPORT,
    "maintenance": Expectation.MAINTENANCE,
    "monitoring": Expectation.MONITORING,
    "optimisation": Expectation.OPTIMISATION,
    "upgrades": Expectation.UPGRADE,
    "support around the clock (24x7): a partner's": Expectation.ROUND_THE_CLOCK,
    "a first-line desk for end users (tier-1): a partner's": Expectation.TIER_ONE_DESK,
    "a war room in incidents: a partner's": Expectation.WAR_ROOM,
}
_COUNTRIES = countries()
_LANGUAGES = {
    "as the agency writes": "",
    "English (Ireland)": "en_IE",
    "English (United Kingdom)": "en_GB",
    "English (United States)": "en_US",
    "German (Germany)": "de_DE",
    "German (Austria)": "de_AT",
    "German (Switzerland)": "de_CH",
}


def _on_one_line(text: object) -> object:
    """A box of several lines is all that the pages have, and what was typed ends in a line break easily."""
    return " ".join(text.split()) if isinstance(text, str) else text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("there is an unprintable character in it: type it anew")
    return text


def _of_form(shape: re.Pattern[str], words: str) -> AfterValidator:
    """Not a `pattern`: the pages would show that to people as it is."""

    def check(text: str) -> str:
        if not shape.fullmatch(text):
            raise ValueError(words)
        return text

    return AfterValidator(check)


_Line = Annotated[str, Field(max_length=300), BeforeValidator(_on_one_line), AfterValidator(_printable)]


def at(position: int) -> JsonDict:
    """Where a field stands in its form."""
    return {"position": position}


def may_be_empty_at(position: int) -> Callable[[JsonDict], None]:
    """Likewise; its box begins empty instead of with a null that the server would refuse."""

    def place(schema: JsonDict) -> None:
        schema["position"] = position
        if schema.get("default", 0) is None:
            del schema["default"]

    return place


# One entry stands there to be filled in; it is only shown, and refused as long as it is empty.
_ONE_TO_FILL_IN: JsonDict = {"default": [{}]}


class ContactForm(BaseModel):
    """A person at the client."""

    model_config = ConfigDict(title="Contact", str_strip_whitespace=True, extra="forbid")

    name: _Line = Field(title="Name", min_length=1, json_schema_extra=at(1))
    email: EmailStr = Field(title="E-mail address", json_schema_extra=at(2))


class RepositoryForm(BaseModel):
    """One of the client's repositories."""

    model_config = ConfigDict(title="Repository", str_strip_whitespace=True, extra="forbid")

    address: _Line = Field(
        title="Address",
        description="https://… or git@…, as one would clone it. Never with a password or token in it.",
        min_length=1,
        json_schema_extra=at(1),
    )
    ref: _Line = Field(
        default="",
        title="Branch, tag or commit",
        description="Empty: the default branch.",
        json_schema_extra=at(2),
    )
    credential: Annotated[
        str, _of_form(_CREDENTIAL, "the name of a credential is of small letters, digits and hyphens")
    ] = Field(
        default="",
        title="Credential",
        description="For a private repository: the name of its credential in agency.toml, never a token. Else empty.",
        json_schema_extra=at(3),
    )

    @classmethod
    def of(cls, repository: RepositoryAddress) -> RepositoryForm:
        """The form filled in; raises pydantic's `ValidationError`."""
        return cls(address=repository.address, ref=repository.ref, credential=repository.credential)

    def meant(self) -> RepositoryAddress:
        """The address as a domain value."""
        return RepositoryAddress(self.address, self.ref, self.credential)


class OnboardingForm(BaseModel):
    """What the account lead knows after the intro call."""

    model_config = ConfigDict(title="Intro call", str_strip_whitespace=True, extra="forbid")

    company: _Line = Field(title="Company", min_length=1, json_schema_extra=at(1))
    contacts: list[ContactForm] = Field(
        title="Contacts",
        description="The first one gets the proposal.",
        min_length=1,
        json_schema_extra=at(2) | _ONE_TO_FILL_IN,
    )
    repositories: list[RepositoryForm] = Field(
        title="Repositories",
        description="Each is cloned, audited and offered for; nothing in it is run or changed.",
        min_length=1,
        json_schema_extra=at(3) | _ONE_TO_FILL_IN,
    )
    interest: Annotated[Interest, OneOf(_INTERESTS)] = Field(
        default=Interest.UNDECIDED,
        title="Interested in",
        description="The way of working the client asked about.",
        json_schema_extra=at(4) | begins_with(_INTERESTS),
    )
    expects: list[Annotated[Expectation, OneOf(_EXPECTATIONS)]] = Field(
        default=[],
        title="Expectations",
        description="What a partner does is referred to them, by name, in the proposal.",
        json_schema_extra=at(5),
    )
    notes: str = Field(
        default="",
        title="Pains, in the client's words",
        max_length=10_000,
        json_schema_extra=at(6),
    )
    issues_raised_in: _Line = Field(
        default="",
        title="Where issues are raised",
        description="Slack, e-mail, a ticketing tool.",
        json_schema_extra=at(7),
    )
    locale: Annotated[
        str, OneOf(_LANGUAGES), _of_form(_LOCALE, "the documents are written for en_ or de_ and a country, as in de_DE")
    ] = Field(
        default="",
        title="Language of the documents",
        description="With its way of writing dates and money.",
        json_schema_extra=at(8) | begins_with(_LANGUAGES),
    )
    country: Annotated[
        str, OneOf(_COUNTRIES), _of_form(_COUNTRY, "a country is written by its two capital letters, as in DE")
    ] = Field(
        default="",
        title="Country",
        description="For the VAT. As long as it is not known, the proposal says that the VAT needs a look.",
        json_schema_extra=at(9) | begins_with(_COUNTRIES),
    )
    vat_id: _Line = Field(default="", title="VAT ID", json_schema_extra=at(10))
    vat_checked_by: _Line = Field(
        default="",
        title="VAT ID checked by",
        description="Who has confirmed that it is the client's. Empty: nobody yet, and the proposal says so.",
        json_schema_extra=at(11),
    )

    @field_validator("expects")
    @classmethod
    def _once_each(cls, value: list[Expectation]) -> list[Expectation]:
        return list(dict.fromkeys(value))

    @field_validator("vat_id")
    @classmethod
    def _of_good_form(cls, value: str, info: ValidationInfo) -> str:
        return well_formed_vat_id(value, str(info.data.get("country", "")))

    @field_validator("vat_checked_by")
    @classmethod
    def _checked_something(cls, value: str, info: ValidationInfo) -> str:
        if value and not info.data.get("vat_id"):
            raise ValueError("there is no VAT ID that could have been checked: give it too")
        return value

    def intro_call(self, default_locale: str) -> IntroCall:
        """The call as a domain value."""
        return IntroCall(
            company=self.company,
            contacts=tuple(Contact(contact.name, contact.email) for contact in self.contacts),
            repositories=tuple(entry.meant() for entry in self.repositories),
            interest=self.interest,
            expects=tuple(self.expects),
            pains=self.notes,
            issues_raised_in=self.issues_raised_in,
            locale=self.locale or default_locale,
            country=self.country,
            vat_id=self.vat_id,
            vat_checked_by=self.vat_checked_by,
        )


def well_formed_vat_id(text: str, country: str) -> str:
    """A VAT ID of the EU written together, its form and check digits right; one of elsewhere is left as it is.

    Raises `ValueError`, which a form shows. That the number is the client's is for somebody to confirm.
    """
    code = country or text.strip()[:2].upper()
    if not text or (code not in EU and code != _GREEK):
        return text
    try:
        number = str(vat.validate(text))
        return _GREEK + number[2:] if number.startswith("GR") else number
    except StdnumError as error:
        raise ValueError(
            f"{text!r} has not the form of a VAT ID of the EU: {error} Leave it out if in doubt."
        ) from error
