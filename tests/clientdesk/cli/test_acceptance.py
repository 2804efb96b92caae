"""`clientdesk proposal accept`: who, when, how, on whose evidence."""

from datetime import UTC, datetime

import pytest
from fakes.command import refused, said
from fakes.offers import an_offer

from clientdesk.domain.proposal import ProposalState

NORA = ("--by", "Nora Feld", "--how", "mail")
WORDS = ("--words", "We accept P-2026-0001")


def test_yes_is_kept_its_window_told_and_the_confirmation_drafted():
    desk, record = an_offer()

    told = said(desk, "proposal", "accept", record.number, *NORA, *WORDS, "--recorded-by", "Max Lead")

    done = desk.store.accepted(record.id)
    assert (done.acceptance.by, done.acceptance.how, done.acceptance.recorded_by) == ("Nora Feld", "mail", "Max Lead")
    assert "First window: Tuesday" in told
    assert f"clientdesk outbox show {desk.store.messages()[-1].id[:8]}" in told


def test_files_are_read_as_evidence_and_as_the_pdf_that_was_accepted(tmp_path):
    desk, record = an_offer()
    scan, pdf = tmp_path / "scan.pdf", tmp_path / "P-2026-0001.pdf"
    scan.write_bytes(b"%PDF scan")
    pdf.write_bytes(desk.documents.get(record.pdf))

    said(desk, "proposal", "accept", record.number, *NORA, "--evidence", str(scan), "--pdf", str(pdf))

    kept = desk.store.accepted(record.id).acceptance
    assert desk.documents.get(kept.evidence) == b"%PDF scan"
    assert kept.pdf_sha256 == record.pdf_sha256


def test_another_pdf_is_refused(tmp_path):
    desk, record = an_offer()
    pdf = tmp_path / "other.pdf"
    pdf.write_bytes(b"%PDF other")

    assert "not the one that was sent" in refused(
        desk, "proposal", "accept", record.number, *NORA, *WORDS, "--pdf", str(pdf)
    )


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-17", datetime(2026, 3, 17, 22, 59, 59, tzinfo=UTC)),
        ("2026-03-17T10:30", datetime(2026, 3, 17, 9, 30, tzinfo=UTC)),
        ("2026-03-17 10:30", datetime(2026, 3, 17, 9, 30, tzinfo=UTC)),
        ("2026-03-17T10:30+00:00", datetime(2026, 3, 17, 10, 30, tzinfo=UTC)),
        ("2026-03-18", datetime(2026, 3, 18, 8, tzinfo=UTC)),
    ],
)
def test_instant_is_local_and_a_day_alone_is_its_end_or_now(text, instant):
    desk, record = an_offer()
    desk.clock.advance(days=2)  # Wednesday 18 March 2026, 09:00 in Berlin

    said(desk, "proposal", "accept", record.number, *NORA, *WORDS, "--at", text)

    assert desk.store.accepted(record.id).acceptance.at == instant


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--at", "yesterday"), "is no instant"),
        (("--at", "2026-13-01"), "is no instant"),
        (("--at", "2026-03-20"), "is yet to come"),
        (("--at", "2026-03-20T10:00"), "is yet to come"),
        (("--at", "2026-03-15"), "can't be accepted before that"),
        (("--words", " "), "needs its evidence"),
        (("--evidence", "missing.pdf"), "does not exist"),
    ],
)
def test_yes_that_can_not_be_true_is_refused_and_changes_nothing(options, words):
    desk, record = an_offer()

    assert words in refused(desk, "proposal", "accept", record.number, *NORA, *WORDS, *options)
    assert desk.store.proposal(record.id).state is ProposalState.SENT


def test_file_larger_than_any_evidence_is_refused(tmp_path):
    desk, record = an_offer()
    huge = tmp_path / "film.mp4"
    with huge.open("wb") as file:
        file.truncate(50_000_001)

    assert "larger than 50 MB" in refused(desk, "proposal", "accept", record.number, *NORA, "--evidence", str(huge))
