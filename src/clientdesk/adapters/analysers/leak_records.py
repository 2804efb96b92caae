"""Leaks as they are kept from audit to audit: a rule, a place and a hash, never the secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clientdesk.adapters.analysers.kingfisher import Hit
from clientdesk.adapters.analysers.secret_mask import Mask
from clientdesk.adapters.analysers.wire import Result
from clientdesk.audit.result import Tool
from clientdesk.audit.scans import Doubt, Leak
from clientdesk.audit.untyped import rows, table, words

# Raise it when what is kept of a hit changes.
EDITION = "3"


def tree_basis(tool: Tool) -> str:
    """Under what is kept of a file, by `tree_key`."""
    return f"kingfisher {tool.version} {EDITION}"


def tree_key(blob: str, path: str) -> str:
    """Content and path: some rules hold for some names only."""
    return f"{blob} {path}"


def leak(hit: Hit, path: str, mask: Mask) -> Leak:
    return Leak(
        hit.rule, hit.words, hit.confidence, path, hit.line, mask.digest, mask.shown, hit.commit, doubt=mask.doubt
    )


def kept(leaks: Iterable[Leak]) -> Result:
    return {
        "leaks": [
            {
                "rule": one.rule,
                "words": one.words,
                "confidence": one.confidence,
                "path": one.path,
                "line": one.line,
                "digest": one.digest,
                "shown": one.shown,
                "commit": one.commit,
                "doubt": one.doubt.value,
            }
            for one in leaks
        ]
    }


def leaks_of(result: Result) -> Iterator[Leak]:
    """Those of a result that was kept; what is none is left out."""
    for row in map(table, rows(result.get("leaks"))):
        rule, description, confidence, path = (words(row.get(key)) for key in ("rule", "words", "confidence", "path"))
        digest, shown, commit = (words(row.get(key)) for key in ("digest", "shown", "commit"))
        line, doubt = row.get("line"), words(row.get("doubt"))
        if rule and path and isinstance(line, int) and doubt in list(Doubt):
            yield Leak(rule, description, confidence, path, line, digest, shown, commit, Doubt(doubt))
