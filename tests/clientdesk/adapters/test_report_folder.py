"""Reports in a folder: its own .eml files, and nothing that they point to."""

import os

import pytest
from fakes.replies import reply_mail
from fakes.reports import ORIGINAL, report

from clientdesk.adapters.report_folder import ReportFolder
from clientdesk.ports.mail import NoReports


def test_reports_of_a_folder_are_read_in_order_of_their_names(tmp_path):
    (tmp_path / "b.eml").write_bytes(report(recipient="b@harbour.example"))
    (tmp_path / "a.EML").write_bytes(report(recipient="a@harbour.example"))
    (tmp_path / "note.txt").write_bytes(report())
    (tmp_path / "holiday.eml").write_bytes(b"Subject: away\r\n\r\n")

    notices = ReportFolder(tmp_path).notices()

    assert [(each.place, each.recipient) for each in notices] == [
        ("a.EML", "a@harbour.example"),
        ("b.eml", "b@harbour.example"),
    ]
    assert notices[0].message_ids[0] == ORIGINAL


def test_links_pipes_and_folders_are_not_followed(tmp_path):
    inside = tmp_path / "reports"
    inside.mkdir()
    (tmp_path / "outside.eml").write_bytes(report())
    (inside / "link.eml").symlink_to(tmp_path / "outside.eml")
    (inside / "folder.eml").mkdir()
    os.mkfifo(inside / "pipe.eml")

    assert ReportFolder(inside).notices() == []


def test_folder_that_can_not_be_read_is_refused(tmp_path):
    with pytest.raises(NoReports, match="can't be read"):
        ReportFolder(tmp_path / "missing").notices()


def test_answers_to_invitations_lie_among_the_reports(tmp_path):
    (tmp_path / "a.eml").write_bytes(report())
    (tmp_path / "b.eml").write_bytes(reply_mail(uid="w-1"))

    assert [(each.place, each.uid) for each in ReportFolder(tmp_path).replies()] == [("b.eml", "w-1")]
    assert len(ReportFolder(tmp_path).notices()) == 1
