"""The process in which clients' files are parsed: `python -m clientdesk.adapters.analysers.worker NAME MEMORY CPU`.

It reads batches from its input until that closes, and answers each file on its output. It is meant to be killed.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
from collections.abc import Callable
from typing import TypeAlias

from clientdesk.adapters.analysers import wire
from clientdesk.adapters.analysers.limits import allow_cpu, confine

Analyse: TypeAlias = Callable[[str, bytes], wire.Result]
# A cyclic collection walks all of a tree for nothing; once for so many bytes keeps memory flat: 45 MB where once for
# each megabyte came to 94, in the same time.
_BYTES_BETWEEN_COLLECTIONS = 128 << 10


def main(name: str, memory_bytes: int, cpu_seconds: int) -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # nothing that a library prints may pass for an answer
    logging.disable(logging.CRITICAL)
    analyse: Analyse = importlib.import_module(f"clientdesk.adapters.analysers.{name}").analyse
    analyse("", b"")  # what is loaded on first use is loaded before the limits
    confine(memory_bytes)
    gc.disable()
    gc.freeze()
    answers.write(wire.answer_bytes({"ready": True}))
    answers.flush()
    uncollected = 0
    for batch in wire.batches(sys.stdin.buffer):
        for kind, data in batch:
            allow_cpu(cpu_seconds)
            answers.write(wire.answer_bytes(_answer(analyse, kind, data)))
            answers.flush()
            uncollected += len(data)
            if uncollected > _BYTES_BETWEEN_COLLECTIONS:
                gc.collect()
                uncollected = 0


def _answer(analyse: Analyse, kind: str, data: bytes) -> wire.Result:
    try:
        return analyse(kind, data)
    except MemoryError:
        return {"unread": "nested too deeply, or needs more memory than one file may have", "passing": True}
    except RecursionError:
        return {"unread": "nested too deeply to be analysed"}
    except Exception as error:  # noqa: BLE001  a defect in an analyser costs this file, and is reported
        return {"unread": f"the analyser failed on it ({type(error).__name__})", "passing": True}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
