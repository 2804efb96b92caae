"""How grave an advisory is: from its CVSS vectors, else from what its publisher says in a word or a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cvss import CVSS2, CVSS3, CVSS4
from cvss.exceptions import CVSSError

from clientdesk.audit.result import Severity
from clientdesk.audit.untyped import rows, table, words

_NEWEST_FIRST = ("CVSS_V4", "CVSS_V3", "CVSS_V2")
_LONGEST = 1_000
_MOST = 10.0
_SCORE_KEYS = ("cvss_v4", "cvss_v3", "cvss_v2", "cvss_score", "cvss")
_WORDS = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "important": Severity.HIGH,
    "moderate": Severity.MEDIUM,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
}
# The bands of CVSS 3 and 4; version 2 has no "critical", and its numbers are read by the same bands.
_BANDS = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (0.1, Severity.LOW))


def severity_of(record: Mapping[str, object]) -> tuple[Severity | None, float | None]:
    """An OSV record's severity and base score; (None, None) where nobody said.

    The newest version of CVSS counts, and of several vectors the worst. A known malicious package is critical.
    """
    vectors = [*rows(record.get("severity"))]
    for affected in rows(record.get("affected")):
        vectors += rows(table(affected).get("severity"))
    scores = dict(_scores(vectors))
    for kind in _NEWEST_FIRST:
        if kind in scores:
            return _band(scores[kind]), scores[kind]
    if words(record.get("id")).startswith("MAL-"):
        return Severity.CRITICAL, None
    return _said(record)


def _scores(vectors: Iterable[object]) -> Iterator[tuple[str, float]]:
    best: dict[str, float] = {}
    for vector in vectors:
        kind, text = words(table(vector).get("type")), words(table(vector).get("score"))
        score = _score(kind, text)
        if score is not None:
            best[kind] = max(score, best.get(kind, 0.0))
    yield from best.items()


def _score(kind: str, vector: str) -> float | None:
    if kind not in _NEWEST_FIRST or not vector or len(vector) > _LONGEST:
        return None
    try:
        if kind == "CVSS_V4":
            return float(CVSS4(vector).base_score)
        return float(CVSS3(vector).scores()[0] if kind == "CVSS_V3" else CVSS2(vector).scores()[0])
    except (CVSSError, ArithmeticError, LookupError, ValueError):
        return None


def _said(record: Mapping[str, object]) -> tuple[Severity | None, float | None]:
    """In `database_specific`, of the record or of what it affects: GitHub writes a word, others a base score."""
    places = [record, *(table(affected) for affected in rows(record.get("affected")))]
    for own in (table(place, "database_specific") for place in places):
        if word := _WORDS.get(words(own.get("severity")).lower()):
            return word, None
        for key in _SCORE_KEYS:
            score = own.get(key)
            if isinstance(score, int | float) and not isinstance(score, bool) and 0 < score <= _MOST:
                return _band(float(score)), float(score)
    return None, None


def _band(score: float) -> Severity:
    return next((severity for least, severity in _BANDS if score >= least), Severity.INFO)
