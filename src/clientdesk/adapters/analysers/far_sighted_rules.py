"""A rule of our own for kingfisher: it finds a part of whatever its rules see over several long lines.

With passages instead of contents, such a rule may have one half of what it looks for. None of them finds anything
without one of these parts, so whoever has one of them is scanned whole.
"""

from __future__ import annotations

import json

PART = "clientdesk.passage"
_PARTS = (
    r"(?i:PRIVATE KEY)",
    r"refresh_token",
    r"auth_provider_x509_cert_url",
    r"codecatalyst\.aws/",
    r"""(?i:<add key="(?:ClearText)?Password")""",
    r"\bZXlK",
    r"""(?i:\bkind:[ \t]*["']?secret\b)""",
    r"""\s(?:-H|--header)(?:=|[ \t]{0,5})["'](?i:authorization|x-|api|key|token)""",
    r"""\s(?:-u|--user)(?:=|[ \t]{0,5})(?:["']|[\w$@.-]+:)""",
)
# Hidden from an ordinary scan, and yet among its rules (of a low confidence it would not be), so that both share one
# compiled set.
_RULE = {
    "name": PART, "id": PART, "confidence": "high", "visible": False, "min_entropy": 0,
    "pattern": f"({'|'.join(_PARTS)})",
}  # fmt: skip
# YAML has JSON in it.
RULES_FILE = json.dumps({"rules": [_RULE]})
