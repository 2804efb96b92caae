"""What only `make dev` installs, kept out of the commands that a benchmark starts: users have none of it.

jsonschema reads a grammar when `rfc3987_syntax` is there, which a development tool brings; Prefect imports jsonschema.
That costs a second of CPU in every process that imports Prefect, and nobody who installs by requirements.txt pays it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_ABSENT = "rfc3987_syntax"


def as_installed(folder: Path, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment in which it can't be imported; `folder` is made for that."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{_ABSENT}.py").write_text(
        f'raise ImportError("{_ABSENT} is a development tool\'s")\n', encoding="utf-8"
    )
    paths = [str(folder), *filter(None, [environ.get("PYTHONPATH")])]
    return {**environ, "PYTHONPATH": os.pathsep.join(paths)}


def note() -> str:
    """What a benchmark that starts processes says about it; "" where it is not installed."""
    return f"Measured without {_ABSENT}, which only `make dev` installs." if find_spec(_ABSENT) else ""
