"""Keeps a figure and its unit on one line of a page: the space between them is one that does not break."""

from __future__ import annotations

import re

from markupsafe import Markup

_UNITS = (
    r"h|min|ms|s|B|kB|KB|MB|GB|TB|EUR|Uhr|CES?T"
    r"|hours?|days?|weeks?|months?|years?|minutes?|seconds?|points?"
    r"|Stunden?|Tage?n?|Werktage?n?|Wochen?|Monate?n?|Jahre?n?|Minuten?|Sekunden?|Punkte?n?|Bürostunden?"
)
_PARTED = re.compile(rf"(?<=\d) (?=(?:{_UNITS})\b|[%€])")
_NO_BREAK = "\N{NO-BREAK SPACE}"


def unparted(text: str) -> str:
    """`8 Stunden`, `3.4 MB`, `19 %`: in sentences of ours, in both languages. Never for what quotes a client's code."""
    return _PARTED.sub(_NO_BREAK, text)


def unparted_markup(markup: Markup) -> Markup:
    return Markup(unparted(str(markup)))  # noqa: S704 (it was escaped, and a space has only become another)
