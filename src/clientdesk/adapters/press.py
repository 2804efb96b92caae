"""The press: views in, pages, PDFs and mails out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import css_inline

from clientdesk.adapters.pdf import PdfPrinter
from clientdesk.adapters.templates import Templates
from clientdesk.ports.documents import Attachment, Rendered

_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_SVG = "http://www.w3.org/2000/svg"
_EMOJI_FONT = '<link rel="stylesheet" href="../emoji.css">\n</head>'


class TemplatePress:
    """`ports.documents.Press` over the folder report_templates/."""

    def __init__(self, folder: Path) -> None:
        self._templates = Templates(folder)
        self._printer = PdfPrinter(folder)

    def html(self, document: str, view: Mapping[str, object]) -> str:
        name = _page(document)
        return self._templates.self_contained(self._filled(name, {**view, "made_at": ""}), name)

    def pdf(
        self, document: str, view: Mapping[str, object], made_at: datetime, attachments: Sequence[Attachment] = ()
    ) -> bytes:
        name = _page(document)
        stamp = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
        return self._printer.printed(self._filled(name, {**view, "made_at": stamp}), name, made_at, attachments)

    def email(self, email: str, view: Mapping[str, object]) -> Rendered:
        subject, text, html = (
            self._templates.filled(f"emails/{email}/{part}", view) for part in ("subject.txt", "body.txt", "body.html")
        )
        return Rendered(" ".join(subject.split()), text.strip() + "\n", _inlined(html))

    def picture(self, chart: Mapping[str, object], title: str) -> bytes:
        from clientdesk.adapters.charts import drawn  # noqa: PLC0415 (half a second, for who draws)

        return _alone(drawn(chart, title, cast("Sequence[str]", chart["series"]))).encode()

    def _filled(self, name: str, view: Mapping[str, object]) -> str:
        """The page; the font for emoji is large, so only pages that need it ask for it."""
        page = self._templates.filled(name, view)
        return page.replace("</head>", _EMOJI_FONT, 1) if _EMOJI.search(page) else page


def _alone(svg: str) -> str:
    """Within a page an SVG needs no name of its language; as a file it does."""
    return svg if "xmlns=" in svg.partition(">")[0] else svg.replace("<svg", f'<svg xmlns="{_SVG}"', 1)


def _page(document: str) -> str:
    return f"documents/{document}/page.html"


def _inlined(html: str) -> str:
    """Mail programs drop style sheets; nothing is loaded, whatever the text names."""
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)
