from fakes import samples

from clientdesk.documents.audit_text import audit_as_text
from clientdesk.documents.audit_text_extras import changes_lines, hotspot_lines, set_aside_lines


def test_a_first_audit_says_nothing_of_changes():
    report = samples.audit()

    assert [*changes_lines(report), *hotspot_lines(report), *set_aside_lines(report)] == []


def test_changes_stand_before_the_findings():
    lines = list(changes_lines(samples.second_audit()))

    assert lines[1] == "Since the audit of 2025-12-10 (6f1c2d9e8b, 61 points then): 3 new, 6 remain, 3 fixed or gone"
    assert sum(line.startswith("  + ") for line in lines) == 3
    assert sum(line.startswith("  - ") for line in lines) == 3
    assert "  Hotspots: not compared. It was not part of the earlier audit." in lines


def test_hotspots_are_marked():
    assert [line[:20] for line in hotspot_lines(samples.second_audit())][2:] == [
        "  * app/orders.py   ",
        "    app/billing/tax.",
    ]


def test_what_is_set_aside_expired_or_idle_is_said():
    text = "\n".join(set_aside_lines(samples.second_audit())).replace("\u00a0", " ")

    assert "Set aside by harbour.toml: 1" in text
    assert "accepted: on the build machine only, Ada Engineer until 31 December 2026" in text
    assert "counts again: what Ada Engineer accepted held until 31 January 2026." in text
    assert "Entries that meet nothing any more: gone/**" in text


def test_nothing_in_it_is_obeyed_by_a_terminal():
    text = audit_as_text(samples.second_audit(said=samples.HOSTILE))

    assert not any(sign in text for sign in ("\x1b", "\x07", "\u202e"))
