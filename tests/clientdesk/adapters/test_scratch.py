"""What a tool reads of a client's code is gone afterwards, even where its process was killed."""

import os
import subprocess
import sys
import tempfile
import time

import pytest

from clientdesk.adapters import scratch as module
from clientdesk.adapters.scratch import scratch, sweep_scratch
from clientdesk.domain.refusal import Refusal

KILLED = """
import os
from clientdesk.adapters.scratch import scratch
with scratch() as folder:
    (folder / "shop.py").write_text("x")
    os._exit(0)
"""


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    module._folders.cache_clear()
    yield
    module._folders.cache_clear()


def files_in(folder):
    return [path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


def test_folder_is_empty_private_and_gone_at_the_end(tmp_path):
    with scratch() as folder:
        assert list(folder.iterdir()) == []
        assert (folder.stat().st_mode & 0o077, folder.parent.stat().st_mode & 0o077) == (0, 0)
        (folder / "shop.py").write_text("x")

    assert files_in(tmp_path) == []


def test_folder_is_gone_where_the_tool_failed(tmp_path):
    with pytest.raises(ZeroDivisionError), scratch() as folder:
        (folder / "shop.py").write_text(str(1 / 0))

    assert files_in(tmp_path) == []


def test_environment_that_a_killed_worker_left_is_swept_and_that_of_a_run_is_not(tmp_path):
    left, used = (tmp_path / f"prefect-workspace-attempt-{name}" for name in ("left", "used"))
    for folder in (left, used):
        folder.mkdir()
        (folder / "workspace.json").write_text("{}")
    yesterday = time.time() - 24 * 3600
    os.utime(left, (yesterday, yesterday))

    sweep_scratch()

    assert (left.exists(), used.exists()) == (False, True)


def test_what_a_killed_process_left_is_swept_and_what_is_in_use_is_not(tmp_path):
    with scratch() as used:
        subprocess.run([sys.executable, "-c", KILLED], check=True)
        assert "shop.py" in files_in(tmp_path)

        sweep_scratch()

        assert used.is_dir()
        assert "shop.py" not in files_in(tmp_path)


def test_place_that_somebody_else_has_made_is_refused(tmp_path):
    module._root().mkdir(mode=0o755)

    with pytest.raises(Refusal, match="not this user's alone"), scratch():
        pass


def test_place_that_leads_elsewhere_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    module._root().symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Refusal, match="not this user's alone"), scratch():
        pass
