"""The document store: a folder, or any address that fsspec knows."""

from __future__ import annotations

from pathlib import Path

from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # fsspec ships no types
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]  # likewise

from clientdesk.adapters.document_names import checked_name
from clientdesk.adapters.whole_file import not_written, write_whole
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.documents import DocumentNotKept, UnknownDocument


class BadDocumentPlace(Refusal):
    """The document store's address can't be used."""


class DocumentFolder:
    """`ports.documents.Documents` in a folder ("/data/documents") or under an address ("s3://bucket/documents")."""

    def __init__(self, place: str | Path) -> None:
        try:
            self._files, root = url_to_fs(str(place), skip_instance_cache=True)
        except (ImportError, ValueError) as error:
            raise BadDocumentPlace(
                f"{place} can't be the document store: {error}; for object stores install requirements-scaling.txt"
            ) from error
        self._root = str(root).rstrip("/")
        self._is_local = isinstance(self._files, LocalFileSystem)

    def put(self, name: str, content: bytes) -> str:
        path = self._path(name)
        try:
            if self._is_local:
                write_whole(Path(path), content)
            else:
                self._files.pipe_file(path, content)  # an object store shows an object once it is whole
        except OSError as error:
            raise DocumentNotKept(not_written(self.place(name), error)) from error
        except Exception as error:
            raise self._unreachable(error) from error
        return self.place(name)

    def get(self, name: str) -> bytes:
        path = self._path(name)
        try:
            return bytes(self._files.cat_file(path))
        except (FileNotFoundError, IsADirectoryError) as error:
            raise UnknownDocument(
                f"there is no document {name!r} in {self._files.unstrip_protocol(self._root)}"
            ) from error
        except OSError as error:
            raise DocumentNotKept(f"{self.place(name)} can't be read: {error.strerror or error}") from error
        except Exception as error:
            raise self._unreachable(error) from error

    def place(self, name: str) -> str:
        path = self._path(name)
        return path if self._is_local else str(self._files.unstrip_protocol(path))

    def _unreachable(self, error: Exception) -> DocumentNotKept:
        """Each kind of store has exceptions of its own for no network, no credentials and the like."""
        if self._is_local:
            raise error
        said = " ".join(str(error).split())[:300]
        return DocumentNotKept(
            f"the document store {self._files.unstrip_protocol(self._root)} can't be used now: {said}; "
            "check its address and credentials (docs/configuration.md)"
        )

    def _path(self, name: str) -> str:
        return f"{self._root}/{checked_name(name)}"
