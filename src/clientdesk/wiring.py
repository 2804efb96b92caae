"""The one place where adapters are chosen; tests and commands replace the desk, once."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from clientdesk.adapters.advisories.lookup import AdvisoryLookup
from clientdesk.adapters.advisories.mirror import Mirror
from clientdesk.adapters.advisories.osv_service import OsvService
from clientdesk.adapters.agency_file import read_agency
from clientdesk.adapters.analysers.pip_audit import PipAudit
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.adapters.credentials import Credentials
from clientdesk.adapters.git_clone import Limits
from clientdesk.adapters.indexes.index_addresses import indexes
from clientdesk.adapters.indexes.package_indexes import PackageIndexes
from clientdesk.adapters.later import later
from clientdesk.adapters.outbox_folder import OutboxFolder
from clientdesk.adapters.press import TemplatePress
from clientdesk.adapters.public_holidays import PublicHolidays
from clientdesk.adapters.secret_block import SecretBlocks
from clientdesk.adapters.secret_places import SecretPlaces
from clientdesk.adapters.slack import SlackChannel
from clientdesk.adapters.smtp import NoMailServer, SmtpMailer, SmtpMode, mode_for
from clientdesk.adapters.toolbox import Toolbox
from clientdesk.domain.agency import Agency
from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.ports.channel import Channel
from clientdesk.ports.documents import Documents
from clientdesk.ports.mail import Mailer, NoReports, Reports
from clientdesk.ports.people import Decisions, Ending, Progress
from clientdesk.settings import IndexUse, MailServer, Settings, Tls, read_settings
from clientdesk.steps.desk import Desk

if TYPE_CHECKING:
    from clientdesk.adapters.records import Records

TEMPLATES = Path(__file__).parents[2] / "report_templates"
_MB = 1_000_000
_MAIL_SECONDS = 60.0
_SMTP_MODES = {Tls.IMPLICIT: SmtpMode.IMPLICIT, Tls.STARTTLS: SmtpMode.STARTTLS, Tls.NONE: SmtpMode.NONE}

_log = logging.getLogger("clientdesk")
_lock = Lock()
_desk: Desk | None = None


class SystemClock:
    """The one place where the clock is read."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class LoggedProgress:
    """Where nobody watches a terminal: a line when a step ends."""

    @contextmanager
    def step(self, title: str) -> Iterator[Ending]:
        ending = Ending()
        yield ending
        _log.info("%s: %s", title, ending.word)


def desk() -> Desk:
    """The desk of this process, made at the first call from environment and agency.toml."""
    global _desk  # noqa: PLW0603 (one desk a process is the point)
    with _lock:
        if _desk is None:
            settings = the_settings()
            prepare_records(settings)
            _desk = make_desk(settings)
        return _desk


@contextmanager
def using(replacement: Desk) -> Iterator[Desk]:
    """Put another desk in place: a command's with its display and questions, a test's with fakes."""
    global _desk  # noqa: PLW0603 (as above)
    before, _desk = _desk, replacement
    try:
        yield replacement
    finally:
        _desk = before


@cache
def the_settings() -> Settings:
    """The environment, read once."""
    return read_settings(os.environ, Path.cwd())


def prepare_records(settings: Settings) -> None:
    """Make the database, or bring it to the newest shape; nothing is done twice."""
    _records(settings).migrate()


def make_desk(
    settings: Settings,
    *,
    progress: Progress | None = None,
    decisions: Decisions | None = None,
    folders_allowed: bool = False,
) -> Desk:
    """Real adapters for these settings. `folders_allowed`: whoever names repositories sits at this machine."""
    agency = read_agency(settings.agency)
    holidays = PublicHolidays(agency.office_hours)
    return Desk(
        agency=agency,
        calendar=OfficeCalendar(agency.office_hours, holidays.is_holiday, holidays.name_of),
        checkouts=_checkouts(settings, agency, folders_allowed=folders_allowed),
        store=later(lambda: _records(settings).store),
        windows=later(lambda: _records(settings).windows),
        replies=later(lambda: _records(settings).replies),
        sprints=later(lambda: _records(settings).sprints),
        secrets=later(lambda: _records(settings).secrets),
        documents=later(lambda: _documents(settings)),
        press=TemplatePress(TEMPLATES),
        mailer=_mailer(settings.mail_server, agency, settings.mail_redirect_to),
        outbox=OutboxFolder(settings.outbox),
        progress=progress or LoggedProgress(),
        decisions=decisions,
        clock=SystemClock(),
    )


def _records(settings: Settings) -> Records:
    from clientdesk.adapters.records import Records  # noqa: PLC0415  an audit alone keeps none

    return Records(settings.database_url)


def _documents(settings: Settings) -> Documents:
    from clientdesk.adapters.document_folder import DocumentFolder  # noqa: PLC0415  as above

    return DocumentFolder(settings.documents)


def advisories_of(settings: Settings) -> AdvisoryLookup:
    """Where known vulnerabilities come from."""
    folder = settings.cache / "pip-audit"
    return AdvisoryLookup(
        PipAudit(service=settings.advisory_service.value, osv_url=settings.osv_url, cache_folder=folder),
        OsvService(settings.osv_url, settings.cache / "advisories.sqlite"),
        mirror_of(settings),
    )


def mirror_of(settings: Settings) -> Mirror:
    """The local copy of OSV's data, loaded or not."""
    return Mirror(settings.home / "advisories")


def _indexes(settings: Settings) -> PackageIndexes | None:
    if settings.package_indexes is not IndexUse.ASK:
        return None
    named = {"Packagist": settings.packagist_index, "Go": settings.go_proxy}
    return PackageIndexes(settings.cache / "releases.sqlite", addresses=partial(indexes, named))


def channel_of(settings: Settings) -> Channel | None:
    """The team's channel, if one is configured."""
    return SlackChannel(settings.notice_slack_url) if settings.notice_slack_url else None


def reports_of(settings: Settings, folder: Path | None, since: date) -> Reports:
    """Where delivery reports are read from: the folder named, else the mailbox that is configured."""
    from clientdesk.adapters.report_folder import ReportFolder  # noqa: PLC0415  as above
    from clientdesk.adapters.report_mailbox import ReportMailbox  # noqa: PLC0415

    if folder is not None:
        return ReportFolder(folder)
    box = settings.reports
    if box is None:
        raise NoReports("no mailbox is configured: name a folder of .eml files, or set CLIENTDESK_IMAP_HOST")
    return ReportMailbox(box.host, box.port, box.user, box.password, since=since, mailbox=box.mailbox)


def _checkouts(settings: Settings, agency: Agency, *, folders_allowed: bool) -> GitCheckouts:
    limits = Limits(
        seconds=float(settings.clone_max_seconds),
        clone_bytes=settings.clone_max_mb * _MB,
        old_contents=settings.secrets_history,
    )
    toolbox = Toolbox(
        settings.cache,
        advisories=advisories_of(settings),
        releases=_indexes(settings),
        rules_folder=settings.compiled_rules,
    )
    return GitCheckouts(
        settings.cache / "clones",
        toolbox,
        folders_allowed=folders_allowed,
        limits=limits,
        access=credentials_of(agency).access,
        cache=ResultCache(settings.cache / "results.sqlite"),
    )


def credentials_of(agency: Agency) -> Credentials:
    """What opens private repositories; secrets are read when they are needed, and kept nowhere."""
    blocks = SecretBlocks(
        os.environ.get("PREFECT_API_URL", ""),
        os.environ.get("PREFECT_API_AUTH_STRING", ""),
        os.environ.get("PREFECT_API_KEY", ""),
    )
    return Credentials(agency.credentials, SecretPlaces(os.environ, blocks.value))


def _mailer(server: MailServer | None, agency: Agency, redirect_to: str) -> Mailer:
    if server is None:
        return NoMailServer()
    mode = _SMTP_MODES.get(server.tls) or mode_for(server.host, server.port)
    return SmtpMailer(
        server.host, server.port, mode, server.user, server.password, _MAIL_SECONDS, agency.seller.email, redirect_to
    )
