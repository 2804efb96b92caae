"""`python benchmarks/bench_audit.py REPO`: what an audit costs beside the ordinary commands, and how the cost grows.

Four tables, one alone with `--table`: the commands one after the other, the floor (each Python file read, parsed,
walked and tokenized once, on all processors) and the audit, with nothing known, for the next commit and again; the
audit on one processor and on all, with nothing known and again; parts of REPO, for memory; made-up repositories of more
and more files, for time. Memory is what all processes together hold for themselves (RssAnon, on Linux), and with the
files they have mapped (RSS), sampled; a process counts from the second look on, at the first it may still be a copy of
the one that starts it. A user's compiled rules are made by the first audit of all: "new user".
"""

from __future__ import annotations

import argparse
import ast
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import psutil
from audit import TOOLS, prepared

SAMPLES_A_SECOND = 20
SHARES = (4, 2, 1)


@dataclass(frozen=True)
class Cost:
    name: str
    wall: float = 0.0
    cpu: float = 0.0
    private: float = 0.0
    resident: float = 0.0
    remark: str = ""

    def __str__(self) -> str:
        figures = f"{self.wall:>9.2f}{self.cpu:>9.2f}{self.private:>9.0f}{self.resident:>9.0f}"
        return f"{self.name:<44}{figures if self.wall else '':>36}  {self.remark}".rstrip()


def main() -> None:
    given = _arguments()
    if given.floor:
        _read_all_once(Path(given.repository))
        return
    with tempfile.TemporaryDirectory(prefix="bench-audit-") as name:
        folder = Path(name)
        tree, pins, size = prepared(given.repository, folder)
        print(f"{given.repository}: {size}; {os.cpu_count()} processors, Python {sys.version.split()[0]}")
        tables = {
            "commands": lambda: _beside_the_commands(given, folder, tree, pins),
            "processors": lambda: _processors(given, folder, tree),
            "parts": lambda: _parts(given, folder, tree),
            "files": lambda: _made_up(given, folder),
        }
        for kind, table in tables.items():
            if given.table in {kind, ""}:
                table()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", help="an address, or a folder of yours")
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a command is stopped")
    parser.add_argument("--files", default="1000,10000,50000,200000", help="sizes of the made-up repositories")
    parser.add_argument(
        "--table", choices=("commands", "processors", "parts", "files"), default="", help="this one only"
    )
    parser.add_argument("--floor", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _beside_the_commands(given: argparse.Namespace, folder: Path, tree: Path, pins: Path) -> None:
    _head("beside the ordinary commands")
    peers = [_printed(_measured(name, command, folder, given.limit)) for name, command in _peers(tree, pins)]
    print(Cost("  in all", sum(peer.wall for peer in peers), sum(peer.cpu for peer in peers)))
    floor = _printed(_measured("floor", _floor(tree), folder, given.limit))
    place = _place(given.repository)
    before, after = _last_two_commits(place)
    new_user = _audit("audit, nothing known, new user", place, folder / "n", given.limit, before)
    first = _audit("audit, nothing known", place, folder / "a", given.limit, before)
    following = _audit("audit of the next commit", place, folder / "a", given.limit, after) if after else first
    _audit("audit, again", place, folder / "a", given.limit, after or before)
    code = _audit("nothing known, without secrets in history", place, folder / "b", given.limit, before, *_no_secrets())
    _printed(_measured("kingfisher's own scan of the history", _kingfisher(place), folder, given.limit))
    in_all = sum(peer.wall for peer in peers)
    print()
    _compare("the first audit of a new user", in_all, floor, new_user)
    _compare("the first audit", in_all, floor, first)
    _compare("without secrets in history", in_all, floor, code)
    _compare("the next commit", in_all, floor, following)


def _kingfisher(place: str) -> list[str]:
    """As it scans every content whole; no part of the comparison, none of the commands does the like."""
    options = ["--git-history", "full", "--no-validate", "--redact", "--no-update-check", "--quiet", "--format", "json"]
    return [str(TOOLS / "kingfisher"), "scan", place, *options, "--no-dedup", "--max-file-size", "5"]


def _processors(given: argparse.Namespace, folder: Path, tree: Path) -> None:
    _head("processors")
    if not shutil.which("taskset"):
        print("no taskset here: not measured")
        return
    place = _place(given.repository)
    for count in sorted({1, os.cpu_count() or 1}):
        prefix, home = ("taskset", "-c", f"0-{count - 1}"), folder / f"processors-{count}"
        _printed(_measured(f"{count}: floor", [*prefix, *_floor(tree)], folder, given.limit))
        _audit(f"{count}: audit, nothing known", place, home, given.limit, prefix=prefix)
        _audit(f"{count}: audit, again", place, home, given.limit, prefix=prefix)


def _floor(tree: Path) -> list[str]:
    return [sys.executable, __file__, "--floor", str(tree)]


def _compare(name: str, in_all: float, floor: Cost, audit: Cost) -> None:
    print(f"{name}: {in_all / audit.wall:.1f} times faster than the commands, {audit.wall / floor.wall:.1f} floors")


def _no_secrets() -> tuple[str, str]:
    """Every check but the one that reads all contents there have ever been; none of the commands does."""
    command = [str(TOOLS / "clientdesk"), "audit", "--checks"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return "--only", ",".join(line.split()[0] for line in lines if not line.startswith("secrets "))


def _peers(tree: Path, pins: Path) -> Iterator[tuple[str, list[str]]]:
    options = ["--format", "json", "--progress-spinner", "off", "--disable-pip", "--no-deps"]
    commands = {
        "radon cc": ["radon", "cc", "--json", str(tree)],
        "radon mi": ["radon", "mi", "--json", str(tree)],
        "radon raw": ["radon", "raw", "--json", str(tree)],
        "bandit": ["bandit", "-r", "-q", "-f", "json", "--ini", "empty.ini", str(tree)],
        "lizard": ["lizard", "-l", "python", str(tree)],
        "detect-secrets": ["detect-secrets", "scan", "--all-files", "--no-verify", str(tree)],
        "pip-audit": ["pip-audit", *options, "--requirement", str(pins)],
    }
    for name, (program, *words) in commands.items():
        found = TOOLS / program if (TOOLS / program).exists() else shutil.which(program)
        if found:
            yield name, [str(found), *words]
        else:
            print(Cost(name, remark="not installed, not counted"))


def _parts(given: argparse.Namespace, folder: Path, tree: Path) -> None:
    _head("parts of it, one file of so many")
    paths = sorted(path for path in tree.rglob("*") if path.is_file())
    for share in SHARES:
        some = paths[::share]
        lines = sum(path.read_bytes().count(b"\n") for path in some if path.suffix == ".py")
        place = folder / f"part-{share}"
        _import(((str(path.relative_to(tree)), path.read_bytes()) for path in some), place)
        _audit(f"1/{share}: {lines:,} lines of Python", str(place), folder / f"home-{share}", given.limit)


def _made_up(given: argparse.Namespace, folder: Path) -> None:
    _head("made-up repositories, a commit for each thousand files")
    _import([("first.py", _module(0))], folder / "made-first")
    _audit("one file: the user's compiled rules are made", str(folder / "made-first"), folder / "first", given.limit)
    for count in (int(word) for word in given.files.split(",") if word):
        place = folder / f"made-{count}"
        files = ((f"part{n // 1000}/area{n // 50 % 20}/module{n}.py", _module(n)) for n in range(count))
        _import(files, place, files_a_commit=1000)
        cost = _audit(f"{count:,} files", str(place), folder / f"home-made-{count}", given.limit)
        print(f"{'':<44}{1000 * cost.wall / count:>9.2f}{1000 * cost.cpu / count:>9.2f}  ms a file")
        shutil.rmtree(place)


def _module(number: int) -> bytes:
    total = f"def total_{number}(rows):\n    return sum(row for row in rows if row > {number})\n"
    return f'"""Part {number}."""\n\n\n{total}'.encode()


def _import(files: Iterable[tuple[str, bytes]], place: Path, files_a_commit: int = 0) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(place)], check=True)
    command = ["git", "-C", str(place), "fast-import", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101  Popen was given a pipe
        head = "commit refs/heads/main\ncommitter Ada <ada@example.com> 1767225600 +0000\ndata 5\nBegin\n"
        for number, (path, content) in enumerate(files):
            if number == 0 or (files_a_commit and number % files_a_commit == 0):
                process.stdin.write(head.encode())
            quoted = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            process.stdin.write(f'M 100644 inline "{quoted}"\ndata {len(content)}\n'.encode() + content + b"\n")
    if process.returncode:
        raise SystemExit(f"git fast-import ended with {process.returncode}")


def _place(repository: str) -> str:
    return str(Path(repository).absolute()) if Path(repository).exists() else repository


def _last_two_commits(place: str) -> tuple[str, str]:
    """The last commit but one and the last; "" for what can't be told, as from an address."""
    done = subprocess.run(
        ["git", "-C", place, "rev-parse", "HEAD~1", "HEAD"], capture_output=True, text=True, check=False
    )
    commits = done.stdout.split() if not done.returncode else []
    return (commits[0], commits[1]) if len(commits) == 2 else ("", "")  # noqa: PLR2004  the two asked for


def _audit(
    name: str, place: str, home: Path, limit: float, ref: str = "", *options: str, prefix: Sequence[str] = ()
) -> Cost:
    command = [*prefix, str(TOOLS / "clientdesk"), "audit", place, "--format", "json", "--output", f"{home.name}.json"]
    command += ["--ref", ref] if ref else []
    return _printed(_measured(name, [*command, *options], home.parent, limit, home))


def _head(name: str) -> None:
    print(f"\n{name:<44}{'wall s':>9}{'CPU s':>9}{'MB':>9}{'mapped':>9}", flush=True)


def _printed(cost: Cost) -> Cost:
    print(cost, flush=True)
    return cost


def _measured(name: str, command: Sequence[str], folder: Path, limit: float, home: Path | None = None) -> Cost:
    """In `folder`, with settings and caches of its own; what takes longer than `limit` is stopped and says so."""
    places = {"CLIENTDESK_HOME": str(home or folder / "home"), "XDG_CACHE_HOME": str(folder / "user")}
    environment = {**os.environ, **places, "NO_COLOR": "1", "CLIENTDESK_PACKAGE_INDEXES": "off"}
    began = time.monotonic()
    process = psutil.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    private = resident = 0
    cpu: dict[int, float] = {}
    seen: set[int] = set()
    remark = ""
    while process.poll() is None:
        family = _family(process)
        for one in family:
            with suppress(psutil.Error):
                spent = one.cpu_times()
                cpu[one.pid] = spent.user + spent.system
        pids = {one.pid for one in family}
        private = max(private, sum(_status(pid, "RssAnon") for pid in pids & seen))
        resident = max(resident, sum(_status(pid, "VmRSS") for pid in pids & seen))
        seen = pids
        if time.monotonic() - began > limit:
            remark = f"stopped after {limit:g} s"
            os.killpg(process.pid, 9)
        time.sleep(1 / SAMPLES_A_SECOND)
    wall = time.monotonic() - began
    status = f"status {process.returncode}" if process.returncode else ""
    return Cost(name, wall, sum(cpu.values()), private / 1000, resident / 1000, remark or status)


def _family(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return []


def _status(pid: int, key: str) -> int:
    """In kB; 0 for a process that has ended, and where there is no /proc."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{key}:"):
                return int(line.split()[1])
    return 0


def _read_all_once(tree: Path) -> None:
    with Pool(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None) as workers:
        for _ in workers.imap_unordered(_read_once, sorted(tree.rglob("*.py")), chunksize=16):
            pass


def _read_once(path: Path) -> None:
    data = path.read_bytes()
    with warnings.catch_warnings(), suppress(SyntaxError, ValueError, RecursionError, tokenize.TokenError):
        warnings.simplefilter("ignore")
        for _ in ast.walk(ast.parse(data)):
            pass
        for _ in tokenize.tokenize(io.BytesIO(data).readline):
            pass


if __name__ == "__main__":
    main()
