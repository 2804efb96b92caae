"""Takes what looks like a secret out of text to be reported: a finding may quote the line it stands in."""

from __future__ import annotations

import re
from dataclasses import replace

from clientdesk.audit.result import CheckResult

_MASK = "\N{HORIZONTAL ELLIPSIS}"
# How the tokens of well-known providers begin.
_TOKEN = re.compile(
    r"\b(gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|xapp-|[sr]k_(?:live|test)_|AKIA|ASIA|AIza|ya29\.|npm_|pypi-|dckr_pat_|SG\."
    r"|hf_|shpat_|sq0[a-z]{3}-|key-|eyJ)[A-Za-z0-9_.~+/=-]{12,}"
)
_IN_ADDRESS = re.compile(r"(\b[a-z][a-z0-9+.-]{0,30}://[^\s:/@]{0,100}:)[^\s@/]{1,200}(?=@)")
_QUOTED = re.compile(r"""(["'`])([A-Za-z0-9+/_=.~-]{20,})\1""")
_KEY = re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*", re.DOTALL)


def masked(result: CheckResult) -> CheckResult:
    """The result with nothing in its findings that looks like a secret."""
    findings = tuple(
        replace(finding, title=without_secrets(finding.title), evidence=without_secrets(finding.evidence))
        for finding in result.findings
    )
    return replace(result, findings=findings)


def without_secrets(text: str) -> str:
    """Tokens by their beginning, passwords in addresses, private keys, and quoted letters that nobody would write."""
    text = _KEY.sub(f"-----BEGIN PRIVATE KEY-----{_MASK}", text)
    text = _IN_ADDRESS.sub(rf"\1{_MASK}", text)
    text = _TOKEN.sub(rf"\1{_MASK}", text)
    return _QUOTED.sub(lambda found: f"{found[1]}{_MASK}{found[1]}" if _is_random(found[2]) else found[0], text)


def _is_random(word: str) -> bool:
    return bool(re.search(r"[a-z]", word) and re.search(r"[A-Z]", word) and re.search(r"[0-9]", word))
