"""A folder with chosen files of a repository, written by us: no links, no settings of the client's, no odd names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from clientdesk.adapters.analysers.blob_pass import Blobs
from clientdesk.adapters.scratch import scratch

# A name that no tool takes for an option, a pattern, a setting or another folder.
_PLAIN = re.compile(r"(?:[A-Za-z0-9_.][A-Za-z0-9_.+@() -]{0,99}/){0,20}[A-Za-z0-9_.][A-Za-z0-9_.+@() -]{0,99}")
_PLAIN_ENDING = re.compile(r"(?:\.[A-Za-z0-9]{1,10}){1,2}$")
_LONGEST = 400
# What scanners and linters take for their own settings or for files to leave out.
_SETTINGS = re.compile(
    r"(?i)(^|/)(\.git(/|$|ignore|attributes|modules)|\.\w*ignore$|\.(ignore|rgignore)$|\.?hadolint\.ya?ml$|\.?zizmor\.ya?ml$"
    r"|\.?kingfisher[^/]*|\.?(gitleaks|betterleaks)[^/]*$|\.{1,2}(/|$))"
)


@dataclass(slots=True)
class CleanFolder:
    """`paths`: the client's path of each file, by its name in here. `size` in bytes, of all files."""

    path: Path
    paths: dict[str, str] = field(default_factory=dict)
    size: int = 0
    _made: str = ""

    def write(self, path: str, content: bytes) -> None:
        """Raises `OSError` where the disk is full."""
        name = self._name(path)
        try:
            self._write(name, content)
        except (
            FileExistsError,
            NotADirectoryError,
            IsADirectoryError,
        ):  # names that differ in case only, on some disks
            name = self._odd_name(path)
            self._write(name, content)
        self.paths[name] = path
        self.size += len(content)

    def original(self, printed: str) -> str | None:
        """The client's path of a file as a tool prints it; None for one that we did not write."""
        return self.paths.get(printed.removeprefix("./"))

    def _write(self, name: str, content: bytes) -> None:
        """Files come sorted: most lie in the folder of the one before."""
        inside = posixpath.dirname(name)
        if inside != self._made:
            (self.path / inside).mkdir(parents=True, exist_ok=True)
            self._made = inside
        # A Path of each file would put all its parts into Python's own table of names.
        with open(f"{self.path}/{name}", "xb") as stream:  # noqa: PTH123  see above
            stream.write(content)

    def _name(self, path: str) -> str:
        return plain_name(path) or self._odd_name(path)

    def _odd_name(self, path: str) -> str:
        names = (odd_name(path, number) for number in count(len(self.paths)))
        return next(name for name in names if not (self.path / name).exists())


def plain_name(path: str) -> str:
    """The path, if it may be the name of a file among those that a tool reads, else ""."""
    is_plain = len(path) <= _LONGEST and _PLAIN.fullmatch(path) and not _SETTINGS.search(path)
    return path if is_plain else ""


def odd_name(path: str, number: int) -> str:
    """For one that may not be: in the same folder as far as tools tell files by it, workflows stay workflows."""
    ending = _PLAIN_ENDING.search(posixpath.basename(path))
    home = ".github/workflows/" if path.startswith(".github/workflows/") else "odd-names/"
    return f"{home}odd-{number}{ending[0] if ending else ''}"


@contextmanager
def clean_folder(repository: Blobs, paths: Sequence[str]) -> Iterator[CleanFolder]:
    """The files that can be read; links, and what `blob_bytes` leaves out, are not in it. Gone at the end."""
    with scratch() as place:
        folder = CleanFolder(place)
        for path, content in repository.blob_bytes(paths):
            folder.write(path, content)
        yield folder
