from __future__ import annotations

from clientdesk.adapters.records import Records


def test_all_speak_of_one_database(tmp_path):
    records = Records(f"sqlite:///{tmp_path / 'records.sqlite'}")

    records.migrate()
    records.migrate()

    assert (tmp_path / "records.sqlite").exists()
    assert records.store.clients() == ()
    assert None not in (records.windows, records.replies, records.sprints, records.secrets)
