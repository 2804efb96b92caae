"""Cuts a repository into the areas its people speak of: top-level folders, or deeper where one holds nearly all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_DOMINANT = 0.6
_DEEPEST = 4
_ROOT = "(top folder)"


def area_names(paths: Iterable[str]) -> dict[str, str]:
    """The area of each path. A folder that holds more than 60 % of the files is cut once more, at most four deep."""
    areas = {path: _cut(path, 1) for path in paths}
    for depth in range(2, _DEEPEST + 1):
        sizes = Counter(areas.values())
        large = {area for area, size in sizes.items() if size > _DOMINANT * len(areas) and area != _ROOT}
        if not large:
            break
        areas = {path: _cut(path, depth) if area in large else area for path, area in areas.items()}
    return areas


def _cut(path: str, depth: int) -> str:
    """The first folders of a path; a file that lies less deep stays with the folder it is in."""
    return _first_of(path.rpartition("/")[0], depth)


@lru_cache(maxsize=4096)
def _first_of(folder: str, depth: int) -> str:
    return "/".join(folder.split("/")[:depth]) or _ROOT
