from __future__ import annotations

import signal
import subprocess
import sys


def ends_with(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)


def test_confined_process_writes_no_file_and_gets_no_more_memory(tmp_path):
    done = ends_with(
        "from clientdesk.adapters.analysers.limits import confine; confine(300 << 20)\n"
        "try: bytearray(1 << 30)\n"
        "except MemoryError: print('no memory', flush=True)\n"
        f"f = open({str(tmp_path / 'file')!r}, 'w', buffering=1)\n"
        "try: f.write('x\\n')\n"
        "except OSError: print('no file', flush=True)\n"
        "import os; os._exit(0)\n"
    )

    assert done.stdout.split() == [b"no", b"memory", b"no", b"file"]
    assert (tmp_path / "file").read_bytes() == b""


def test_process_that_computes_too_long_is_ended():
    done = ends_with("from clientdesk.adapters.analysers.limits import allow_cpu; allow_cpu(0)\nwhile True: pass")

    assert done.returncode == -signal.SIGXCPU
