"""Data and speed: what will be slow once there is more data, and pages that are heavier than they need to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from clientdesk.audit.asking import asked
from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import is_own_code, language_of
from clientdesk.audit.data_facts import OTHER_DATA, PYTHON_DATA, DataReport
from clientdesk.audit.database_schema import Unindexed, tables_of, unindexed
from clientdesk.audit.manifests import inventory
from clientdesk.audit.page_weight import Weight, weights
from clientdesk.audit.repository import Repository, Unreadable
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, Tool, judged, not_applicable
from clientdesk.audit.row_loops import AskedAgain, asked_again, given_out_whole
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "data-smells"
_SHOWN = 5
_SCRIPTS = {"Ruby", "JavaScript", "TypeScript"}
_SCHEMAS = ("db/schema.rb", "db/structure.sql")
_PAGES_CONFIGURED = "DEFAULT_PAGINATION_CLASS"
_WEIGHTS = {
    "moment": (
        "moment is in the pages, and no longer developed",
        "Every visitor loads some 70 KB of it (compressed, as its makers say), more with its languages.",
        "Replace it by date-fns, dayjs or the browser's Intl, call by call.",
    ),
    "whole-lodash": (
        "{names} is taken in whole",
        "Every visitor loads all of its functions (lodash: some 25 KB compressed), though few are used.",
        "Import single functions (lodash/debounce, lodash-es), or the language's own.",
    ),
    "jquery-beside": (
        "{names} share the pages",
        "Visitors load two ways of doing one thing, and the two can change the same element unaware of each other.",
        "Move what jQuery still does into components, then remove it.",
    ),
    "several-kits": (
        "Several interface kits in one set of pages: {names}",
        "Visitors load the styles and components of each; pages look unlike each other.",
        "Choose one, and move the pages over one by one.",
    ),
    "same-job": (
        "Several packages for {subject} in one set of pages: {names}",
        "Visitors load each of them; changes have to be made in several ways.",
        "Choose one, and replace the others.",
    ),
}


def look(repository: Repository, _today: date) -> CheckResult:
    languages = {language_of(one.path) for one in repository.files if not one.is_link and is_own_code(one.path)}
    keys = [OTHER_DATA] if languages & _SCRIPTS else []
    keys += [PYTHON_DATA] if "Python" in languages else []
    if not keys:
        return not_applicable(_ID, "There is no code in a language that is examined for this.")
    reports, failed = asked(repository, keys)
    schemas = _schemas(repository)
    unread = [file for report in reports for file in report.unread if is_own_code(file.path)]
    findings = (*_keys_without_index(schemas), *_of_code(repository, reports, schemas), *_heavy(repository, reports))
    return judged(
        _ID,
        findings,
        f"{counted(len(findings), 'place')} that will slow down as data grows, or that pages pay for."
        if findings
        else "Nothing that slows down with data, or makes pages heavy, of the kinds looked for.",
        metrics={"data.findings": len(findings), "data.schemas": len(schemas)},
        gaps=(
            *failed,
            *unread_gap(unread),
            *_schema_gap(reports, schemas),
        ),
        tool=Tool(reports[0].tool.name, reports[0].tool.version),
    )


def _schemas(repository: Repository) -> dict[str, str]:
    """Rails' record of each database, by path."""
    paths = [one.path for one in repository.files if one.path.endswith(_SCHEMAS) and is_own_code(one.path)]
    texts = {path: _text(repository, path) for path in paths}
    return {path: text for path, text in texts.items() if text}


def _text(repository: Repository, path: str) -> str:
    try:
        return repository.text(path)
    except (Unreadable, KeyError):
        return ""


def _schema_gap(reports: Sequence[DataReport], schemas: dict[str, str]) -> tuple[str, ...]:
    has_records = any(one.path.endswith(".rb") for report in reports for one in report.associations)
    if schemas or not has_records:
        return ()
    return ("The record of the database (db/schema.rb or db/structure.sql) could not be had: indexes not examined.",)


def _keys_without_index(schemas: dict[str, str]) -> list[Finding]:
    found = [(path, one) for path, text in schemas.items() for one in unindexed(tables_of(path, text))]
    return [_unindexed(path, one, len(found)) for path, one in found[:_SHOWN]]


def _unindexed(path: str, one: Unindexed, of: int) -> Finding:
    return Finding(
        check=_ID,
        rule="data-smells.no-index",
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        title=f"{one.table}.{one.column} has no index",
        evidence=f"It leads to other records, and begins no index of {one.table}; one of {counted(of, 'such column')}. "
        "How many rows the table has can't be seen here.",
        consequence="Each look-up and each deletion on the other side reads the whole table: pages slow down as it "
        "grows.",
        fix_now="Add the index, without locking the table (algorithm: :concurrently on PostgreSQL).",
        fix_later="Let strong_migrations or database_consistency refuse the next one.",
        path=path,
        line=one.line,
        snippet=f"{one.table}.{one.column}",
        cause="foreign keys without an index",
        effort="data-smells.index",
    )


def _of_code(repository: Repository, reports: Sequence[DataReport], schemas: dict[str, str]) -> list[Finding]:
    columns = "\n".join(schemas.values())
    loops = [one for report in reports for one in asked_again(report, columns)]
    lists = [one for report in reports for one in given_out_whole(report)]
    if any(one.path.endswith(".py") for one, _ in lists) and _has_pages_by_default(repository):
        lists = [(one, model) for one, model in lists if not one.path.endswith(".py")]
    found = [_loop(one, len(loops)) for one in loops[:_SHOWN]]
    return found + [_list(one.path, one.line, model, len(lists)) for one, model in lists[:_SHOWN]]


def _has_pages_by_default(repository: Repository) -> bool:
    paths = [one.path for one in repository.files if "settings" in one.path and one.path.endswith(".py")]
    return any(_PAGES_CONFIGURED in _text(repository, path) for path in paths)


def _loop(one: AskedAgain, of: int) -> Finding:
    mend = "select_related" if one.loop.path.endswith(".py") else "includes"
    return Finding(
        check=_ID,
        rule="data-smells.query-per-record",
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        title=f"A loop over {one.model} asks the database for {one.read} of each record",
        evidence=f"The query in reach does not load {one.read} with the records; one of {counted(of, 'such place')}. "
        "Assumed: nothing loads it elsewhere, and no cache spares the question.",
        consequence="A page with a hundred records asks a hundred questions more than it has to, and slows down with "
        "each new record.",
        fix_now=f"Load it with the query: {mend}({one.read!r}); where it is counted or narrowed, ask once for all.",
        fix_later="Let tests count queries (prosopite, bullet, assertNumQueries).",
        path=one.loop.path,
        line=one.loop.line,
        snippet=f"{one.model}.{one.read}",
        cause="questions to the database for each record",
        effort="data-smells.query",
    )


def _list(path: str, line: int, model: str, of: int) -> Finding:
    return Finding(
        check=_ID,
        rule="data-smells.whole-table",
        severity=Severity.MEDIUM,
        confidence=Confidence.LOW,
        title=f"A list answers with every {model} there is",
        evidence=f"No limit and no pages; one of {counted(of, 'such list')}. How many there are can't be seen here.",
        consequence="The answer grows with the table until it is slow, or the server runs out of memory.",
        fix_now="Answer in pages, with a limit that the caller can't lift.",
        path=path,
        line=line,
        snippet=f"every {model}",
        cause="lists without pages",
        effort="data-smells.query",
    )


def _heavy(repository: Repository, reports: Sequence[DataReport]) -> Iterator[Finding]:
    imports = [one for report in reports for one in report.imports]
    if not imports:
        return
    for weight in weights(inventory(repository).manifests, imports):
        yield _weight(weight)


def _weight(one: Weight) -> Finding:
    title, consequence, fix = _WEIGHTS[one.rule]
    return Finding(
        check=_ID,
        rule=f"data-smells.{one.rule}",
        severity=Severity.LOW,
        confidence=Confidence.MEDIUM,
        title=title.format(names=listed(one.packages, 9), subject=one.subject),
        evidence=f"Declared in {one.manifest}, taken in first in {one.place.path}. The built pages were not measured.",
        consequence=consequence,
        fix_now=fix,
        path=one.place.path,
        line=one.place.line,
        snippet=" ".join((one.manifest, *one.packages)),
        cause="packages that make pages heavy",
        effort="data-smells.package",
    )


CHECK = Check(
    id=_ID,
    title="Data and speed",
    area=Area.MAINTAINABILITY,
    looks_for="foreign keys without an index, questions to the database for each record, lists without pages, heavy "
    "packages in pages",
    matters_because="what is quick with test data becomes slow with a year's customers",
    look=look,
    effort=(
        EffortRule(
            key="data-smells.index",
            work="Index {cause}",
            unit="column",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("0.1", "0.25", "0.5"),
            cap=Decimal(8),
        ),
        EffortRule(
            key="data-smells.query",
            work="Mend {cause}",
            unit="place",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("0.25", "0.75", "2"),
            cap=Decimal(16),
        ),
        EffortRule(
            key="data-smells.package",
            work="Replace {cause}",
            unit="package",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("1", "3", "8"),
            cap=Decimal(24),
        ),
    ),
)
