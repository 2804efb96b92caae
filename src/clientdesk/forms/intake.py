"""What people fill in after the intro call, checked field by field and turned into domain values."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, EmailStr, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as StdnumError

from clientdesk.domain.intake import Contact, Expectation, Interest, IntroCall, RepositoryAddress
from clientdesk.domain.vat import EU

_ONE_LINE = r"^[^\r\n\t\x00-\x1f\x7f]*$"
_GREEK = "EL"  # VAT IDs of Greece begin with it, though the country's code is GR
_Line = Annotated[str, Field(pattern=_ONE_LINE, max_length=300)]


def at(position: int) -> JsonDict:
    """Where a field stands in its form."""
    return {"position": position}


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
        description="https:// or git@… as for `git clone`. Never with a password or token in it.",
        min_length=1,
        json_schema_extra=at(1),
    )
    ref: _Line = Field(
        default="",
        title="Branch, tag or commit",
        description="Empty: the default branch.",
        json_schema_extra=at(2),
    )
    credential: str = Field(
        default="",
        title="Credential",
        description="For a private repository: the name of its credential in agency.toml, never a token. Else empty.",
        pattern=r"^([a-z0-9][a-z0-9-]{0,60})?$",
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
        json_schema_extra=at(2),
    )
    repositories: list[RepositoryForm] = Field(title="Repositories", min_length=1, json_schema_extra=at(3))
    interest: Interest = Field(
        default=Interest.UNDECIDED,
        title="Interested in",
        description="The way of working the client asked about.",
        json_schema_extra=at(4),
    )
    expects: list[Expectation] = Field(
        default=[],
        title="Expectations",
        description="24x7, tier-1 and war-room are referred to our partners, by name, in the proposal.",
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
    locale: str = Field(
        default="",
        title="Language of the documents",
        description="en_IE or de_DE. Empty: as in agency.toml.",
        pattern=r"^((en|de)_[A-Z]{2})?$",
        json_schema_extra=at(8),
    )
    country: str = Field(
        default="",
        title="Country",
        description="Two letters (ISO 3166), for the VAT. Empty: the proposal says that the VAT needs a look.",
        pattern=r"^([A-Z]{2})?$",
        json_schema_extra=at(9),
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
