"""What a page may load when it is printed: files of the templates' folder. Imports WeasyPrint: import it late."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint joins relative addresses only for schemes that it knows; `.invalid` is reserved and resolves nowhere.
ORIGIN = "https://templates.invalid/"


class ForbiddenAddress(ValueError):
    """A page asked for something outside the templates' folder; WeasyPrint leaves it out."""


class TemplateFiles(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Serves `ORIGIN` from one folder and refuses every other address without opening it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False)
        self._folder = folder.resolve()

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 (a file has no headers)
        path = (self._folder / unquote(urlsplit(url).path).lstrip("/")).resolve()
        if not url.startswith(ORIGIN) or not path.is_relative_to(self._folder):
            raise ForbiddenAddress(f"{url[:80]!r} is not one of the templates' files")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
