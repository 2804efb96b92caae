"""What documents cost: seconds and MB of a proposal and of an audit report with 10, 100 and 1,000 findings.

    python benchmarks/documents.py [FINDINGS ...]

Each document is printed in a process of its own: once to warm up (imports, fonts), then measured. Beside the seconds
stand the pages, the size, the peak of memory, and how many times dearer it is than the row above.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COUNTS = (10, 100, 1000)
DOCUMENTS = ("proposal", "audit-report")
KB_IN_MB = 1024 if sys.platform != "darwin" else 1024 * 1024
RUNS = 3


def main(words: list[str]) -> None:
    """Print the table, or, called by itself with `--one`, measure one document."""
    if words[:1] == ["--one"]:
        print(json.dumps(_measured(words[1], int(words[2]))))
        return
    counts = [int(word) for word in words] or list(COUNTS)
    print(
        f"{'document':<14}{'findings':>9}{'seconds':>9}{'pages':>7}{'MB':>7}{'peak MB':>9}{'growth':>9}  (first time)"
    )
    for document in DOCUMENTS:
        before: tuple[int, float] | None = None
        for count in counts:
            row = _in_its_own_process(document, count)
            growth = f"x{row['seconds'] / before[1]:.1f}/{count / before[0]:.0f}" if before else ""
            print(
                f"{document:<14}{count:>9,}{row['seconds']:>9.2f}{row['pages']:>7.0f}{row['mb']:>7.2f}"
                f"{row['peak']:>9.0f}{growth:>9}  ({row['first']:.2f} s)"
            )
            before = count, row["seconds"]


def _in_its_own_process(document: str, count: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", document, str(count)], capture_output=True, text=True, check=True
    )
    row: dict[str, float] = json.loads(done.stdout)
    return row


def _measured(document: str, count: int) -> dict[str, float]:
    sys.path.insert(0, str(ROOT / "tests"))
    import io  # noqa: PLC0415 (only the measured process)

    import pypdf  # noqa: PLC0415
    from fakes import samples  # noqa: PLC0415
    from fakes.agency import AGENCY  # noqa: PLC0415

    from clientdesk.adapters.press import TemplatePress  # noqa: PLC0415
    from clientdesk.documents.audit_report import audit_view  # noqa: PLC0415
    from clientdesk.documents.proposal import proposal_view  # noqa: PLC0415

    press = TemplatePress(ROOT / "report_templates")
    report = samples.audit(count)

    def printed() -> bytes:
        if document == "proposal":
            return press.pdf(document, proposal_view(samples.proposal(report), AGENCY, [report]), samples.MADE_AT)
        view = audit_view(report, AGENCY, "en_IE", samples.estimate_for(report))
        return press.pdf(document, view, samples.MADE_AT)

    began = time.perf_counter()
    pdf = printed()
    first = time.perf_counter() - began
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        pdf = printed()
        times.append(time.perf_counter() - began)
    return {
        "first": first,
        "seconds": sorted(times)[RUNS // 2],
        "pages": len(pypdf.PdfReader(io.BytesIO(pdf)).pages),
        "mb": len(pdf) / 1_000_000,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_IN_MB,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
