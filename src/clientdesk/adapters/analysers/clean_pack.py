"""Scans chosen contents of a repository with kingfisher: laid out in one pack, named by us as in a clean folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.clean_folder import CleanFolder, odd_name, plain_name
from clientdesk.adapters.analysers.kingfisher import PACK_OPTIONS, Hit, Kingfisher
from clientdesk.adapters.pack_writer import PackWriter
from clientdesk.adapters.scratch import scratch

_PACK, _BESIDE = "contents.git", "beside"
# In a repository the scanner passes over contents of less than 20 bytes.
_SMALLEST = 40
Hits = Mapping[str, list[Hit]]


def hits_in(files: Iterable[tuple[str, bytes]], kingfisher: Kingfisher, due: float) -> Hits:
    """By the path as given, of each file in which something was found. No path may come twice.

    Raises `CommandFailed` where not all of them were scanned, and `OSError` where the disk is full.
    """
    with scratch() as folder:
        packed, beside = _laid_out(files, folder)
        inputs = [name for name, paths in ((_PACK, packed), (_BESIDE, beside)) if paths]
        if not inputs:
            return {}
        scanned = kingfisher.scan(folder, [*inputs, *PACK_OPTIONS], due)
    if not scanned.is_whole:
        raise CommandFailed("it could not read all of the files")
    found: dict[str, list[Hit]] = {}
    for hit in scanned.hits:
        path = packed.get(hit.path) or beside.get(hit.path.removeprefix(f"{_BESIDE}/"))
        if path is None:
            raise CommandFailed("what it wrote names a file that is not there")
        found.setdefault(path, []).append(replace(hit, path=path, commit=""))
    return found


def _laid_out(files: Iterable[tuple[str, bytes]], folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What is in the pack and what is beside it: the path of each as given, by the one it has there.

    Of a content that a pack has under several names the scanner looks at the first alone, and says of all what holds
    for that. So whatever comes again lies in a folder beside it.
    """
    packed: dict[str, str] = {}
    seen: set[bytes] = set()
    beside = CleanFolder(folder / _BESIDE)
    beside.path.mkdir()
    with PackWriter(folder / _PACK) as pack:
        for path, content in files:
            known = sha1(content, usedforsecurity=False).digest()
            if known in seen or len(content) < _SMALLEST:
                beside.write(path, content)
            else:
                seen.add(known)
                packed[pack.add(plain_name(path) or odd_name(path, len(packed)), content)] = path
    return packed, beside.paths
