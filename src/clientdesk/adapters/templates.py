"""Templates of report_templates/, filled in: HTML escaped, undefined names an error, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from markupsafe import Markup, escape

from clientdesk.adapters.said import Said, said_in
from clientdesk.adapters.unparted import unparted
from clientdesk.adapters.wording import wording
from clientdesk.documents.client_text import shortened, up_to_sentence
from clientdesk.domain.refusal import Refusal

_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_IMPORT = re.compile(r'@import "([^"]+)";')
_CODE = re.compile("`([^`]+)`")
_FONT = re.compile(r'url\("([^"]+\.ttf)"\)')


class UnknownTemplate(Refusal):
    """A document or e-mail was asked for that has no folder in report_templates/."""


class Templates:
    """Fills templates with views. A view names its language under `language`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._environments: dict[tuple[str, bool], Environment] = {}

    def filled(self, name: str, view: Mapping[str, object]) -> str:
        """The template `name` (a path in the folder) with the view's values; `.html` is escaped."""
        environment = self._environment(str(view["language"]), escaped=name.endswith(".html"))
        try:
            template = environment.get_template(name)
        except TemplateNotFound as missing:
            raise UnknownTemplate(f"report_templates has no {missing.name}: check the name and the folder") from missing
        return template.render(view)

    def self_contained(self, page: str, name: str) -> str:
        """The page with its own stylesheets, and their fonts, written into it."""
        folder = (self.folder / name).parent

        def styled(link: re.Match[str]) -> str:
            return f"<style>\n{self._css((folder / link[1]).resolve())}</style>"

        return _STYLESHEET.sub(styled, page)

    def _css(self, path: Path) -> str:
        if not path.is_relative_to(self.folder):
            raise UnknownTemplate(f"{path.name} lies outside report_templates: move it there")

        def imported(rule: re.Match[str]) -> str:
            return self._css((path.parent / rule[1]).resolve())

        def embedded(source: re.Match[str]) -> str:
            font = (path.parent / source[1]).read_bytes()
            return f'url("data:font/ttf;base64,{base64.b64encode(font).decode()}")'

        return _FONT.sub(embedded, _IMPORT.sub(imported, path.read_text(encoding="utf-8")))

    def _environment(self, language: str, *, escaped: bool) -> Environment:
        if (language, escaped) not in self._environments:
            self._environments[language, escaped] = self._made(FileSystemLoader(self.folder), language, escaped=escaped)
        return self._environments[language, escaped]

    def _made(self, loader: BaseLoader, language: str, *, escaped: bool) -> Environment:
        words = wording(self.folder / "wording", language)
        environment = Environment(
            loader=loader,
            autoescape=escaped,  # noqa: S701 (off for plain text alone: .html is always escaped)
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        sentences = _Sentences(said_in(self.folder / "wording", language), language)
        environment.globals.update(
            t=words.markup if escaped else words.plain,
            said=sentences.markup if escaped else sentences.plain,
            quoted=sentences.quoted,
            drawn=partial(_drawn, sentences),
        )
        return environment


class _Sentences:
    """What rules and checks say, in the language of the document, or in English and marked as such."""

    def __init__(self, said: Said, language: str) -> None:
        self._said = said
        self._is_english = language == "en"

    def plain(self, text: str) -> str:
        return (None if self._is_english else self._said.translated(text)) or text

    def markup(self, text: str, limit: int = 0) -> Markup:
        """Set apart from what stands beside it, escaped, with `code` in the type of code; cut after `limit`, if it can
        be where a sentence ends.
        """
        translated = None if self._is_english else self._said.translated(text)
        language = Markup("") if self._is_english or translated else Markup(' lang="en"')
        shown = up_to_sentence(translated or text, limit) if limit else translated or text
        return Markup("<bdi{}>{}</bdi>").format(language, _with_code(unparted(shown)))

    def quoted(self, evidence: str, limit: int = 0) -> str:
        """A client's code as it stands; what our own checks say beside it in the reader's language."""
        said = evidence if self._is_english else self._said.known_parts(evidence)
        return shortened(said, limit) if limit else said


def _with_code(text: str) -> Markup:
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 (escaped just here)


def _drawn(sentences: _Sentences, chart: Mapping[str, object], title: str, series: Sequence[str] = ()) -> Markup:
    from clientdesk.adapters.charts import drawn  # noqa: PLC0415 (half a second that only pages with pictures pay)

    rows = [
        {**row, "label": sentences.plain(str(row["label"]))} if "label" in row else row
        for row in cast("Sequence[Mapping[str, object]]", chart["rows"])
    ]
    return drawn({**chart, "rows": rows}, title, series)
