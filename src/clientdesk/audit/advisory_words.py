"""Advisories in words: which they are, and what mends them."""

from __future__ import annotations

from collections.abc import Sequence

from clientdesk.audit.repository import Advisory, Package
from clientdesk.audit.result import SEVERITY_ORDER, Severity
from clientdesk.audit.version_order import NoVersion, order_of
from clientdesk.audit.wording import listed

UNRATED = Severity.HIGH  # what nobody rated may be the worst
_NAMED = 6


def names_of(known: Sequence[Advisory]) -> str:
    """The gravest first: "CVE-2024-1 (critical, CVSS 9.8), CVE-2024-2 (high)"."""
    return f"{listed([_named(advisory) for advisory in known], _NAMED)}."


def _named(advisory: Advisory) -> str:
    score = f", CVSS {advisory.score:.1f}" if advisory.score is not None else ""
    return f"{_best_name(advisory)} ({advisory.severity}{score})" if advisory.severity else _best_name(advisory)


def gravest_first(advisory: Advisory) -> tuple[int, float, str]:
    return SEVERITY_ORDER[advisory.severity or UNRATED], -(advisory.score or 0.0), _best_name(advisory)


def _best_name(advisory: Advisory) -> str:
    """The CVE where there is one: it is the name that others look up."""
    names = sorted((advisory.id, *advisory.aliases))
    return next((name for name in names if name.startswith("CVE-")), advisory.id)


def first_sentence(text: str) -> str:
    first = " ".join(text.split()).split(". ")[0].rstrip(".")
    return f"{first[:200]}." if first else ""


def fix_of(package: Package, known: Sequence[Advisory]) -> str:
    wanted, unmended = fixed_in_all(package, known)
    if not unmended:
        return f"Upgrade {package.name} to {wanted} or newer."
    others = f" An upgrade to {wanted} mends the rest." if wanted else ""
    names = listed([_best_name(each) for each in unmended])
    if all(advisory.last_affected for advisory in unmended):
        last = _highest(package, [advisory.last_affected for advisory in unmended])
        return f"No fix is named for {names}, but it is not known above {last}: upgrade, or replace it.{others}"
    return f"No fixed version is known for {names}: replace it.{others}"


def fixed_in_all(package: Package, known: Sequence[Advisory]) -> tuple[str, list[Advisory]]:
    """The first version in which all that can be mended is mended ("" for none), and what can't be."""
    unmended = [advisory for advisory in known if not advisory.fixed_in]
    clean = next((advisory.upgrade_to for advisory in known if advisory.upgrade_to), "")
    return clean or _highest(package, [each.fixed_in[0] for each in known if each.fixed_in]), unmended


def _highest(package: Package, versions: Sequence[str]) -> str:
    try:
        return max(versions, key=lambda version: order_of(package.ecosystem, version), default="")
    except NoVersion:
        return versions[-1]
