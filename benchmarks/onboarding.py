"""Where the seconds of `clientdesk onboard` go: Prefect's start, clone, checks, documents.

    python benchmarks/onboarding.py [REPO] [--runs N]

Prints the median of N runs with a new data folder and of N with one that has been used before, beside the same work
done by Prefect's own way of starting a server for one run.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from as_installed import as_installed, note

COMMAND = str(Path(sys.executable).with_name("clientdesk"))
CLIENT = ("--company", "Benchmark Ltd", "--contact", "Ada", "--email", "ada@example.com", "--yes")
STOCK = """
import os, time
began = time.perf_counter()
os.environ.update(PREFECT_HOME={home!r}, PREFECT_LOGGING_LEVEL="ERROR", PREFECT_SERVER_ANALYTICS_ENABLED="false")
from prefect import flow
flow(lambda: None, name="nothing")()
"""
PARTS = (
    *("start, with Prefect's", "intro call", "clone", "checks"),
    *("audit report", "proposal", "number, print, mail", "between and after"),
)


def main() -> None:
    """Measure and print."""
    options = _options()
    print(f"{options.repo}, {options.runs} run(s) each, median seconds. {note()}\n")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        new = [_onboarding(options.repo, home / f"new-{run}") for run in range(options.runs)]
        used = [_onboarding(options.repo, home / "used") for _ in range(options.runs + 1)][1:]
        stock_new = [_stock(home / f"stock-{run}") for run in range(options.runs)]
        stock_used = [_stock(home / "stock") for _ in range(options.runs + 1)][1:]
    print(f"{'':<28}{'new folder':>12}{'used folder':>12}")
    for part in (*PARTS, "wall", "CPU", "peak MB"):
        _row(part, [run[part] for run in new], [run[part] for run in used])
    print()
    _row("a flow that does nothing,", [], [])
    _row("  as Prefect starts it", stock_new, stock_used)


def _row(title: str, new: list[float], used: list[float]) -> None:
    figures = "".join(f"{statistics.median(each):>12.2f}" for each in (new, used) if each)
    print(f"{title:<28}{figures}")


def _onboarding(repo: str, home: Path) -> dict[str, float]:
    timings = home.with_suffix(".json")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.time()
    command = [COMMAND, "onboard", repo, *CLIENT, "--timings", str(timings)]
    environ = {**as_installed(home.parent / "absent"), "CLIENTDESK_HOME": str(home)}
    subprocess.run(command, env=environ, check=True, capture_output=True)
    wall = time.time() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = json.loads(timings.read_text(encoding="utf-8"))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    parts = _parts(kept["steps"], kept["began_at"] - began, wall)
    return {**parts, "wall": wall, "CPU": cpu, "peak MB": after.ru_maxrss / 1024}


def _parts(steps: list[dict[str, float | str]], display: float, wall: float) -> dict[str, float]:
    """Seconds by part; `display` is when the steps' clock began. Checks run side by side, so theirs is one span."""
    spans = {str(step["title"]): (float(step["began"]), float(step["ended"])) for step in steps}
    named = ("Start", "Intro call", "Audit report", "Proposal", "Number and print", "E-mail")
    clone = next(span for title, span in spans.items() if title.startswith("Clone"))
    checks = [span for title, span in spans.items() if title not in named and not title.startswith("Clone")]
    parts = {
        "start, with Prefect's": display + spans["Intro call"][0],
        "intro call": _length(spans["Intro call"]),
        "clone": _length(clone),
        "checks": max(end for _, end in checks) - min(begin for begin, _ in checks),
        "audit report": _length(spans["Audit report"]),
        "proposal": _length(spans["Proposal"]),
        "number, print, mail": spans["E-mail"][1] - spans["Number and print"][0],
    }
    return {**parts, "between and after": wall - sum(parts.values())}


def _length(span: tuple[float, float]) -> float:
    return span[1] - span[0]


def _stock(home: Path) -> float:
    began = time.perf_counter()
    own = as_installed(home.parent / "absent")
    environ = {name: value for name, value in own.items() if not name.startswith("PREFECT_")}
    subprocess.run([sys.executable, "-c", STOCK.format(home=str(home))], env=environ, check=True, capture_output=True)
    return time.perf_counter() - began


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("repo", nargs="?", default=".")
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
