"""What a repository's libraries were at an audit: kept beside it, read back by whoever plans or compares."""

from __future__ import annotations

from clientdesk.audit.library_survey import LibrarySurvey
from clientdesk.audit.library_updates import survey
from clientdesk.audit.repository import Repository
from clientdesk.documents.archive import survey_from_bytes, survey_to_bytes
from clientdesk.ports.documents import UnknownDocument
from clientdesk.steps.desk import Desk


def keep_survey(desk: Desk, repository: Repository, document: str) -> LibrarySurvey:
    """`document` is the audit's. The checks have asked indexes and advisories already; nothing is asked twice."""
    found = survey(repository, desk.today(), desk.clock.now())
    desk.documents.put(_beside(document), survey_to_bytes(found))
    return found


def survey_of(desk: Desk, audit: str) -> LibrarySurvey | None:
    """None for an audit of the time before surveys were kept."""
    try:
        return survey_from_bytes(desk.documents.get(_beside(desk.store.audit(audit).document)))
    except UnknownDocument:
        return None


def _beside(document: str) -> str:
    return document.removesuffix(".json") + ".libraries.json"
