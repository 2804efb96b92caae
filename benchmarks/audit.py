"""`python benchmarks/audit.py REPO`: an audit beside the ordinary commands one after the other, in the same run.

Wall and CPU seconds, and the largest memory of all processes together, sampled. The commands see a plain folder with
the commit's files; the audit sees the repository, and does more than they do. Its second run has the first one's cache.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import psutil

from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.adapters.git_repository import GitRepository
from clientdesk.adapters.toolbox import Toolbox
from clientdesk.audit.manifests import packages
from clientdesk.domain.intake import RepositoryAddress

TOOLS = Path(sys.executable).parent
SAMPLES_A_SECOND = 20


@dataclass(frozen=True)
class Cost:
    name: str
    wall: float
    cpu: float
    megabytes: float
    remark: str = ""

    def __str__(self) -> str:
        return f"{self.name:<34}{self.wall:>9.2f}{self.cpu:>9.2f}{self.megabytes:>8.0f}  {self.remark}".rstrip()


def main() -> None:
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="bench-audit-") as name:
        folder = Path(name)
        tree, pins, size = prepared(given.repository, folder)
        print(f"{given.repository}: {size}; {os.cpu_count()} processors, Python {sys.version.split()[0]}\n")
        print(f"{'':<34}{'wall s':>9}{'CPU s':>9}{'MB':>8}")
        peers = [_measured(name, command, folder, given.limit) for name, command in _peers(tree, pins)]
        first, second = _audits(given.repository, folder, given.limit)
    wall = sum(peer.wall for peer in peers)
    in_all = Cost("all five, one after the other", wall, sum(peer.cpu for peer in peers), 0)
    for cost in (*peers, in_all, first, second):
        print(cost)
    stopped = " at least" if any(peer.remark.startswith("stopped") for peer in peers) else ""
    times = f"{wall / first.wall:.1f} times, the second {wall / second.wall:.1f} times"
    print(f"\nThe first audit is{stopped} {times} faster.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", help="an address, or a folder of yours")
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a command is stopped")
    return parser.parse_args()


def prepared(repository: str, folder: Path) -> tuple[Path, Path, str]:
    """The commit's files in a plain folder, its Python pins in a file, and how much code it is."""
    with _clone(repository, folder) as source:
        pinned = {p.name: p for p in packages(source) if p.ecosystem == "PyPI" and p.version}
        tree = folder / "tree"
        lines = 0
        for path, content in source.blob_bytes([entry.path for entry in source.files]):
            file = tree / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            lines += content.count(b"\n") if path.endswith(".py") else 0
    pins = folder / "pins.txt"
    pins.write_text("".join(f"{package.name}=={package.version}\n" for package in pinned.values()))
    (folder / "empty.ini").write_text("[bandit]\n")
    return tree, pins, f"{len(source.files)} files, {lines} lines of Python, {len(pinned)} pins"


@contextmanager
def _clone(repository: str, folder: Path) -> Iterator[GitRepository]:
    checkouts = GitCheckouts(folder / "clones", Toolbox(), folders_allowed=True)
    checkout = checkouts.fetch(RepositoryAddress(repository), history=False)
    try:
        yield cast("GitRepository", checkouts.open(checkout))
    finally:
        checkouts.discard(checkout)


def _peers(tree: Path, pins: Path) -> Sequence[tuple[str, list[str]]]:
    radon, bandit, pip_audit = (str(TOOLS / name) for name in ("radon", "bandit", "pip-audit"))
    options = ["--format", "json", "--progress-spinner", "off", "--disable-pip", "--no-deps"]
    return [
        ("radon cc", [radon, "cc", "--json", str(tree)]),
        ("radon mi", [radon, "mi", "--json", str(tree)]),
        ("radon raw", [radon, "raw", "--json", str(tree)]),
        ("bandit", [bandit, "-r", "-q", "-f", "json", "--ini", "empty.ini", str(tree)]),
        ("pip-audit", [pip_audit, *options, "--requirement", str(pins)]),
    ]


def _audits(repository: str, folder: Path, limit: float) -> tuple[Cost, Cost]:
    place = str(Path(repository).absolute()) if Path(repository).exists() else repository
    command = [str(TOOLS / "clientdesk"), "audit", place, "--format", "json", "--output", "audit.json"]
    first = _measured("clientdesk audit, nothing known", command, folder, limit)
    return first, _measured("clientdesk audit, again", command, folder, limit)


def _measured(name: str, command: Sequence[str], folder: Path, limit: float) -> Cost:
    """In `folder`, with settings and caches of its own; what takes longer than `limit` is stopped and says so."""
    environment = {**os.environ, "CLIENTDESK_HOME": str(folder / "home"), "NO_COLOR": "1"}
    began = time.monotonic()
    process = psutil.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    peak, cpu, remark = 0, {}, ""
    while process.poll() is None:
        for one in _family(process):
            with suppress(psutil.Error):
                spent = one.cpu_times()
                cpu[one.pid] = spent.user + spent.system
        peak = max(peak, _memory(process))
        if time.monotonic() - began > limit:
            remark = f"stopped after {limit:g} s"
            os.killpg(process.pid, 9)
        time.sleep(1 / SAMPLES_A_SECOND)
    wall = time.monotonic() - began
    status = process.returncode
    return Cost(name, wall, sum(cpu.values()), peak / 1e6, remark or (f"status {status}" if status else ""))


def _family(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return []


def _memory(process: psutil.Process) -> int:
    total = 0
    for one in _family(process):
        with suppress(psutil.Error):
            total += one.memory_info().rss
    return total


if __name__ == "__main__":
    main()
