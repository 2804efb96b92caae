"""`clientdesk onboard`: from a repository's address to a proposal in the outbox, in this process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clientdesk.cli.addresses import repository_of
from clientdesk.cli.yardsticks import earlier_of, profile_of
from clientdesk.domain.intake import Expectation, Interest, RepositoryAddress

if TYPE_CHECKING:
    from clientdesk.forms.intake import OnboardingForm


@click.command(short_help="From a repository to a proposal in the outbox.")
@click.argument("repositories", metavar="REPO...", nargs=-1, required=True)
@click.option("--company", required=True, help="The client's name.")
@click.option("--contact", required=True, help="Who gets the proposal.")
@click.option("--email", required=True, help="Their e-mail address.")
@click.option(
    "--interest", type=click.Choice([each.value for each in Interest]), default="undecided", show_default=True
)
@click.option("--expects", multiple=True, metavar="WHAT", help=f"Any of {', '.join(Expectation)}; may be repeated.")
@click.option("--notes", default="", metavar="TEXT", help="The client's pains, in their words.")
@click.option("--locale", default="", metavar="en_IE|de_DE", help="The documents' language.  [default: agency.toml's]")
@click.option("--country", default="", metavar="XX", help="The client's country (ISO 3166), for the VAT.")
@click.option("--vat-id", default="", help="The client's VAT ID.")
@click.option("--vat-checked-by", default="", metavar="NAME", help="Who has confirmed that the VAT ID is the client's.")
@click.option("--credential", "credentials", multiple=True, metavar="NAME",
              help="What opens private repositories: a name in agency.toml. Once for all, or one for each REPO in turn "
              "(- for none).")  # fmt: skip
@click.option("--baseline", type=click.Path(dir_okay=False, path_type=Path), metavar="EARLIER.json",
              help="Say what is new, remains and is gone since this audit of the one REPO.")  # fmt: skip
@click.option("--profile", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.toml",
              help="Set aside what this file accepts or ignores, as `clientdesk audit` does.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Copy the results to this folder.")
@click.option("--timings", type=click.Path(dir_okay=False, path_type=Path), help="Write each step's seconds as JSON.")
@click.option("--yes", is_flag=True, help="Sign the audit off and approve the sending without being asked.")
def onboard(
    repositories: tuple[str, ...],
    baseline: Path | None,
    profile: Path | None,
    out: Path | None,
    timings: Path | None,
    yes: bool,
    **said: object,
) -> None:
    """Take a client from the intro call to a proposal: REPO is an address or a folder, `#branch` where one is meant.

    Runs intake, light audit and proposal, puts the e-mail in the outbox and holds the first maintenance window. An
    engineer signs the audit off and the account lead approves the sending: on this terminal, or both with --yes.

    \b
    Example:
      clientdesk onboard https://example.com/shop.git --company "Example Ltd" \\
        --contact "Ada Example" --email ada@example.com --interest retainer
    """
    form = _form(repositories, said)
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("two people decide on the way, and there is no terminal to ask them on: add --yes")
    if baseline is not None and len(repositories) > 1:
        raise click.UsageError("--baseline: one audit is no baseline for several repositories: onboard them one by one")
    judged_by = profile_of(profile), earlier_of(baseline)
    if out is not None:
        _make_folder(out)
    from clientdesk.cli.onboarding_run import run_and_tell

    run_and_tell(form, judged_by, out=out, timings=timings, is_agreed=yes)


def _meant(repositories: tuple[str, ...], credentials: tuple[str, ...]) -> list[RepositoryAddress]:
    """Each repository with its credential."""
    named = credentials * len(repositories) if len(credentials) == 1 else credentials or ("-",) * len(repositories)
    if len(named) != len(repositories):
        raise click.UsageError(
            f"--credential: {len(credentials)} for {len(repositories)} repositories: name one for all, or one for each"
        )
    pairs = zip(repositories, named, strict=True)
    return [repository_of(text, credential="" if name == "-" else name) for text, name in pairs]


def _form(repositories: tuple[str, ...], said: dict[str, object]) -> OnboardingForm:
    from pydantic import ValidationError

    from clientdesk.forms.intake import ContactForm, OnboardingForm, RepositoryForm

    meant = _meant(repositories, tuple(_several(said.pop("credentials", ()))))
    try:
        return OnboardingForm(
            contacts=[ContactForm(name=str(said.pop("contact")), email=str(said.pop("email")))],
            repositories=[RepositoryForm.of(each) for each in meant],
            expects=[_expectation(str(each)) for each in _several(said.pop("expects"))],
            **said,
        )
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise click.UsageError(f"{_option(str(first['loc'][-1]))}: {first['msg']}") from error


def _option(field: str) -> str:
    """How a field of the form is written on the command line."""
    return {"name": "--contact", "address": "REPO", "ref": "REPO"}.get(field, "--" + field.replace("_", "-"))


def _several(value: object) -> list[str]:
    """`--expects a,b --expects c` is three."""
    texts = value if isinstance(value, tuple) else ()
    return [part.strip() for text in texts for part in str(text).split(",") if part.strip()]


def _expectation(text: str) -> Expectation:
    try:
        return Expectation(text)
    except ValueError as error:
        raise click.UsageError(f"--expects: {text!r} is none of {', '.join(Expectation)}") from error


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"--out: {out} can't be made: {error.strerror}") from error
