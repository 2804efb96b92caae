"""Every mail is a file that a mail program opens."""

import errno
import os
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from fakes.business import NOW, a_mail
from fakes.mailer import ListOutbox

from clientdesk.adapters.outbox_folder import OutboxFolder
from clientdesk.ports.documents import DocumentNotKept


@pytest.fixture(params=["fake", "folder"])
def outbox(request, tmp_path):
    return ListOutbox() if request.param == "fake" else OutboxFolder(tmp_path)


def test_same_mail_again_is_the_same_file(outbox):
    mail = a_mail()

    assert outbox.file(mail, NOW) == outbox.file(mail, NOW + timedelta(days=1))


def test_two_mails_that_look_alike_are_two_files(outbox):
    assert outbox.file(a_mail(), NOW) != outbox.file(a_mail(), NOW)


def test_file_is_named_for_when_to_whom_and_about_what(tmp_path):
    mail = replace(a_mail(), subject="Ihr Angebot P-2026-0001: für Häuser & Höfe")

    name = Path(OutboxFolder(tmp_path).file(mail, NOW)).name

    assert name.startswith("2026-03-16-0800-nora.feld-at-harbour.example-ihr-angebot-p-2026-0001-fur-hauser-hofe-")
    assert name.endswith(".eml")


def test_file_is_the_whole_message(tmp_path):
    place = Path(OutboxFolder(tmp_path / "new").file(a_mail(), NOW))

    assert place.read_bytes() == a_mail().source
    assert message_from_bytes(place.read_bytes(), policy=policy.default)["Subject"] == "Hello"


@pytest.mark.parametrize("subject", ["../../etc/passwd", "\r\nBcc: x", "🚢" * 300, "a" * 10_000, "", "con\0"])
def test_hostile_subject_stays_in_the_folder(tmp_path, subject):
    place = Path(OutboxFolder(tmp_path).file(replace(a_mail(), subject=subject), NOW))

    assert place.parent == tmp_path
    assert len(place.name) < 200


def test_full_disk_is_said_and_leaves_nothing(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(DocumentNotKept, match="disk is full"):
        OutboxFolder(tmp_path).file(a_mail(), NOW)

    assert list(tmp_path.iterdir()) == []
