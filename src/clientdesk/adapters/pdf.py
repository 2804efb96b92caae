"""WeasyPrint: HTML of our own templates to a PDF that archives (PDF/A-3a) and screen readers (PDF/UA-1) accept."""

from __future__ import annotations

import hashlib
import threading
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clientdesk.domain.refusal import Refusal
from clientdesk.ports.documents import Attachment

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import Document
    from weasyprint.text.fonts import FontConfiguration

_XMP = "documents/pdfua.xmp"


class NativeLibraryMissing(Refusal):
    """WeasyPrint is installed, the C libraries that it draws with are not."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(
            f"a PDF can't be made: Pango is missing ({str(cause).splitlines()[0]}).\n"
            "  Debian, Ubuntu:  apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
            "  Fedora, RHEL:    dnf install -y pango\n"
            "  macOS:           brew install pango"
        )


class PdfPrinter:
    """Prints pages whose addresses resolve inside one folder and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._one_at_a_time = threading.Lock()  # Pango's font map is not made for threads
        self._fonts: FontConfiguration | None = None

    def printed(self, page: str, name: str, made_at: datetime, attachments: Sequence[Attachment]) -> bytes:
        """The page as PDF. `name` is its template's path, from which its stylesheet is found."""
        try:
            from weasyprint import HTML  # noqa: PLC0415 (a second that only printing pays)
            from weasyprint import Attachment as Embedded  # noqa: PLC0415 (likewise)
            from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 (likewise)

            from clientdesk.adapters.pdf_tags import languages_kept  # noqa: PLC0415 (likewise)
            from clientdesk.adapters.template_files import ORIGIN, TemplateFiles  # noqa: PLC0415 (likewise)
        except OSError as missing:
            raise NativeLibraryMissing(missing) from missing
        self._fonts = self._fonts or FontConfiguration()  # fonts are unpacked once, not for each document
        html = HTML(string=page, base_url=ORIGIN + name, url_fetcher=TemplateFiles(self._folder))
        embedded = [
            Embedded(
                string=file.content,
                name=file.name,
                description=file.description or file.name,
                created=_naive(made_at),
                modified=_naive(made_at),
                relationship="Data",
            )
            for file in attachments
        ]
        with self._one_at_a_time, languages_kept(), warnings.catch_warnings():
            # WeasyPrint 70 leaves its colour profile to the garbage collector to close.
            warnings.filterwarnings("ignore", "unclosed file .*sRGB2014", ResourceWarning)
            result = html.write_pdf(
                font_config=self._fonts,
                attachments=embedded,
                pdf_variant="pdf/a-3a",
                pdf_identifier=_identifier(page, made_at, attachments),
                finisher=self._finished,
            )
        return bytes(result)

    def _finished(self, _document: Document, pdf: PDF) -> None:
        from clientdesk.adapters.pdf_tags import mend_tags  # noqa: PLC0415 (as in `printed`)

        mend_tags(pdf)
        self._claim_both(pdf)

    def _claim_both(self, pdf: PDF) -> None:
        """Say in the one RDF of the metadata that this is PDF/UA-1 too; WeasyPrint itself claims one standard only."""
        metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
        claim = (self._folder / _XMP).read_bytes()
        metadata.stream = [part.replace(b"</rdf:RDF>", claim + b"</rdf:RDF>", 1) for part in metadata.stream]
        if "AF" in pdf.catalog:
            pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _identifier(page: str, made_at: datetime, attachments: Sequence[Attachment]) -> bytes:
    digest = hashlib.sha256(page.encode())
    for part in (made_at.isoformat().encode(), *(file.content for file in attachments)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:32].encode()


def _naive(instant: datetime) -> datetime:
    """WeasyPrint writes an attachment's time as it stands, without a zone: UTC, as RFC and readers assume."""
    return instant.astimezone(UTC).replace(tzinfo=None)
