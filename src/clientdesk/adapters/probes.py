"""What `clientdesk doctor` asks this machine: is it installed, reachable, configured, and how is it mended."""

from __future__ import annotations

import shutil
import smtplib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from clientdesk.adapters.advisories.lookup import AdvisoryLookup
from clientdesk.adapters.credentials import Credentials
from clientdesk.adapters.pdf import PdfPrinter
from clientdesk.adapters.store_engine import Database
from clientdesk.adapters.store_schema import migration_state
from clientdesk.audit.repository import Package, ToolFailed
from clientdesk.domain.agency import Agency
from clientdesk.domain.credential import CredentialReference
from clientdesk.domain.refusal import Refusal

_SECONDS = 5
_IMPLICIT_TLS_PORT = 465
_ADVISORY_SECONDS = 40.0
_NO_ADVISORIES = (
    "packages are then reported as not examined; check the network, set CLIENTDESK_OSV_URL, or load a copy:"
    " clientdesk advisories load"
)
_OLD_ADVISORIES = "what was published since is not known: check the network, or load a newer copy"


class Health(StrEnum):
    """`BROKEN` prevents the main job; `LIMITED` does not."""

    GOOD = "good"
    LIMITED = "limited"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing looked at; `mend` says what to do where it is not good."""

    name: str
    health: Health
    detail: str
    mend: str = ""


def good(name: str, detail: str) -> Probe:
    return Probe(name, Health.GOOD, detail)


def limited(name: str, detail: str, mend: str) -> Probe:
    return Probe(name, Health.LIMITED, detail, mend)


def broken(name: str, detail: str, mend: str) -> Probe:
    return Probe(name, Health.BROKEN, detail, mend)


def python() -> Probe:
    """New syntax is read by a new Python only, so the newest installed one serves best."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    return good("Python", version)


def git() -> Probe:
    """Bare clones without blobs need git 2.30; `safe.bareRepository` 2.38."""
    found = shutil.which("git")
    if found is None:
        return broken("git", "not installed", "sudo apt-get install -y git")
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603 - the path that `which` found
    return good("git", answer.stdout.strip().removeprefix("git version "))


def pdf(printer: PdfPrinter) -> Probe:
    """Prints a page, rather than looking for the names of libraries."""
    try:
        printer.printed('<html lang="en"><title>Trial</title><p>Trial', "trial.html", datetime.now(UTC), ())
    except Refusal as error:
        return broken("PDF (pango)", "no PDF can be printed", str(error))
    return good("PDF (pango)", "a page was printed")


def folder(name: str, path: Path) -> Probe:
    """Writes and removes a file."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        trial = path / ".clientdesk-doctor"
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        return broken(name, f"{path}: {error.strerror}", f"make {path} a folder that you may write to")
    return good(name, f"{path}, {shutil.disk_usage(path).free // 2**30} GB free")


def npm() -> Probe:
    """Not used: packages are read from lockfiles, never by a client's package manager."""
    return good("npm", "not used, and not needed")


def database(url: str) -> Probe:
    """Reachable, and of the newest shape. A password in the URL is not shown."""
    try:
        parsed = Database(url).url
        shown, file = parsed.render_as_string(hide_password=True), Path(parsed.database or "")
        if parsed.get_backend_name() == "sqlite" and not file.exists():
            return good("Database", f"{shown}, none yet: the first run makes it")
        state = migration_state(url)
    except Refusal as error:
        return broken("Database", str(error), "check CLIENTDESK_DATABASE_URL, and that its server runs")
    if not state.is_current:
        return good("Database", f"{shown}, at {state.current or 'no tables'}: the next run brings it to {state.head}")
    return good("Database", f"{shown}, migrated to {state.head}")


def credential(credentials: Credentials, reference: CredentialReference) -> Probe:
    """Whether its secret is there; a GitHub App is asked for a token. Nothing of the secret is shown."""
    try:
        credentials.check(reference.name)
    except Refusal as refused:
        mend = f"{refused}; repositories that name the credential {reference.name} can't be read until then"
        return limited("Credential", f"{reference.name} for {reference.host} can't be used", mend)
    return good("Credential", f"{reference.name}: a {reference.kind} for {reference.host}, from {reference.secret}")


def no_mail_server() -> Probe:
    """As it is where none is configured."""
    return limited("E-mail", "no server: mails stay in the outbox folder", "set CLIENTDESK_SMTP_HOST to send them")


def smtp(host: str, port: int, *, is_implicit: bool) -> Probe:
    """Greets the server; sends nothing and does not log in."""
    tls = is_implicit or port == _IMPLICIT_TLS_PORT
    connect: Callable[..., smtplib.SMTP] = smtplib.SMTP_SSL if tls else smtplib.SMTP
    where = f"{host}:{port}"
    try:
        with connect(host, port, timeout=_SECONDS) as connection:
            connection.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        return limited("E-mail", f"{where}: {error}", "check CLIENTDESK_SMTP_HOST, _PORT, _TLS; mails wait meanwhile")
    return good("E-mail", f"{where} answers")


def prefect_api(url: str) -> Probe:
    """Its health page, which needs no login."""
    if not url:
        return good("Prefect", "no server named: each run starts its own and stops it again")
    try:
        with urlopen(f"{url.rstrip('/')}/health", timeout=_SECONDS) as answer:  # noqa: S310 - the user's own setting
            answer.read()
    except (URLError, OSError, ValueError) as error:
        return broken("Prefect", f"{url}: {error}", "start that server, or unset PREFECT_API_URL")
    return good("Prefect", f"{url} is healthy")


def advisories(lookup: AdvisoryLookup) -> Probe:
    """Looks one package up, as an audit does: a service that is not there makes pip-audit say "nothing found"."""
    try:
        report = lookup.hurried(_ADVISORY_SECONDS).report([Package("PyPI", "pip", version("pip"), "")])
    except ToolFailed as failure:
        return limited("Advisories", failure.reason, _NO_ADVISORIES)
    if report.not_examined:
        return limited("Advisories", report.not_examined[0][1], _NO_ADVISORIES)
    if report.mirrored:
        dated = ", ".join(f"{ecosystem} of {newest}" for ecosystem, newest in report.mirrored)
        return limited("Advisories", f"{report.source} ({dated})", _OLD_ADVISORIES)
    return good("Advisories", report.source)


def rates(agency: Agency) -> Probe:
    """Example rates must not reach a client unseen."""
    if agency.rates.are_examples:
        return limited(
            "Rates", "the example rates are untouched", "put yours into agency.toml, then are_examples = false"
        )
    return good("Rates", f"the agency's own, in {agency.rates.currency}")


def partners(agency: Agency) -> Probe:
    """Placeholders must not reach a client unseen."""
    examples = sorted(partner.expectation.value for partner in agency.partners.values() if partner.is_example)
    if examples:
        return limited("Partners", f"placeholders for {', '.join(examples)}", "name them in agency.toml")
    return good("Partners", f"{len(agency.partners)} named")
