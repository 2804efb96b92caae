"""Where OSV's zips come from (a folder of them, one, or an address of one), and putting each into the local mirror."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from clientdesk.adapters.advisories.mirror_file import MirrorState, write_mirror
from clientdesk.adapters.advisories.osv_record import OsvRecord
from clientdesk.adapters.advisories.osv_zip import Tally, records
from clientdesk.adapters.web import NoAnswer, Web, host_of
from clientdesk.adapters.whole_file import not_written
from clientdesk.audit.version_order import knows
from clientdesk.domain.refusal import Refusal

ECOSYSTEMS = ("PyPI", "npm", "RubyGems", "Packagist", "Go")
_MOST_DOWNLOADED = 4 << 30
_DOWNLOAD_SECONDS = 3_600.0


class NothingToLoad(Refusal):
    """No advisories are where somebody said; the message says what is expected there."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One ecosystem after loading, with what was wrong in its zip."""

    state: MirrorState
    tally: Tally


def load(source: str, folder: Path, now: datetime, ecosystem: str = "") -> Iterator[Loaded]:
    """Load a folder with `<ecosystem>/all.zip`, one zip, or the http(s) address of one; one after the other.

    Each ecosystem is replaced as a whole or stays as it was. `ecosystem` "" is told from the zip's folder.
    Raises a `Refusal`.
    """
    with _zips(source, ecosystem) as zips:
        for kind, file in zips:
            yield _load(kind, file, folder, now)


def mirror_name(ecosystem: str) -> str:
    return f"{ecosystem}.sqlite"


def _load(ecosystem: str, file: Path, folder: Path, now: datetime) -> Loaded:
    tally = Tally()
    target = folder / mirror_name(ecosystem)
    try:
        state = write_mirror(target, ecosystem, _some(records(file, ecosystem, tally), file, ecosystem, tally), now)
    except OSError as error:
        raise NothingToLoad(not_written(str(target), error)) from error
    return Loaded(state, tally)


def _some(found: Iterator[OsvRecord], file: Path, ecosystem: str, tally: Tally) -> Iterator[OsvRecord]:
    """A zip without advisories must not empty the mirror."""
    yield from found
    if not tally.advisories:
        first = f"; the first that is wrong: {tally.named[0]}" if tally.named else ""
        raise NothingToLoad(f"{file.name} holds no advisory about {ecosystem}{first}")


@contextmanager
def _zips(source: str, ecosystem: str) -> Iterator[list[tuple[str, Path]]]:
    if re.match(r"^https?://", source, re.IGNORECASE):
        with tempfile.TemporaryDirectory(prefix="clientdesk-") as folder:
            yield [(_ecosystem_of(unquote(urlsplit(source).path), ecosystem), _downloaded(source, Path(folder)))]
        return
    path = Path(source)
    if path.is_dir():
        yield _zips_below(path, ecosystem)
    elif path.is_file():
        yield [(_ecosystem_of(path.absolute().as_posix(), ecosystem), path)]
    else:
        raise NothingToLoad(f"{source} is neither a folder nor a file, and no http:// or https:// address")


def _zips_below(folder: Path, wanted: str) -> list[tuple[str, Path]]:
    """The folders that OSV's own layout has, or the folder of one ecosystem itself."""
    below = [(kind, folder / kind / "all.zip") for kind in ECOSYSTEMS if wanted in {"", kind}]
    found = [(kind, file) for kind, file in below if file.is_file()]
    if not found and (folder / "all.zip").is_file():
        found = [(_ecosystem_of((folder.absolute() / "all.zip").as_posix(), wanted), folder / "all.zip")]
    if not found:
        raise NothingToLoad(f"{folder} has none of {', '.join(f'{kind}/all.zip' for kind, _ in below)}")
    return found


def _ecosystem_of(path: str, wanted: str) -> str:
    parts = path.split("/")
    kind = wanted or (parts[-2] if len(parts) > 1 else "")
    if kind not in ECOSYSTEMS or not knows(kind):
        raise NothingToLoad(f"which ecosystem is this? Add --ecosystem with one of {', '.join(ECOSYSTEMS)}")
    return kind


def _downloaded(address: str, folder: Path) -> Path:
    file = folder / "all.zip"
    try:
        with Web(_DOWNLOAD_SECONDS, answer_seconds=60.0, most_bytes=_MOST_DOWNLOADED) as web:
            web.save(address, file)
    except NoAnswer as error:
        raise NothingToLoad(f"nothing was loaded: {error}") from error
    except OSError as error:
        raise NothingToLoad(not_written(f"the download from {host_of(address)}", error)) from error
    return file
