from datetime import date

from clientdesk.audit.profile import Acceptance, IgnoredPath, Profile
from clientdesk.audit.report import NumberedFinding
from clientdesk.audit.result import Confidence, Finding, Severity
from clientdesk.audit.setting_aside import parted

MONDAY = date(2026, 3, 2)
SUNDAY = date(2026, 3, 1)


def finding(number, path):
    return NumberedFinding(number, Finding("ci", "ci.x", Severity.LOW, Confidence.HIGH, "T", "C", "F", path=path))


OLD, NEW, WHOLE = finding("F-01", "legacy/a.py"), finding("F-02", "app/a.py"), finding("F-03", "")


def profile(*entries):
    ignored = tuple(one for one in entries if isinstance(one, IgnoredPath))
    return Profile("p.toml", "0" * 64, ignored, tuple(one for one in entries if isinstance(one, Acceptance)))


def accept(each, until):
    return Acceptance(each.finding.fingerprint, "runs on one machine only", "Ada", until)


def test_ignored_and_accepted_findings_are_set_aside_with_their_reason():
    parts = parted([OLD, NEW, WHOLE], profile(IgnoredPath("legacy/**", "retired"), accept(NEW, MONDAY)), MONDAY)

    assert parts.counted == (WHOLE,)
    assert [(one.numbered.id, one.how, one.reason, one.by, one.until) for one in parts.aside] == [
        ("F-01", "ignored", "retired", "", None),
        ("F-02", "accepted", "runs on one machine only", "Ada", MONDAY),
    ]


def test_an_expired_acceptance_counts_again_and_is_named():
    over = accept(NEW, SUNDAY)

    parts = parted([OLD, NEW], profile(over), MONDAY)

    assert (parts.counted, parts.aside) == ((OLD, NEW), ())
    assert parts.use.expired == ((over, ("F-02",)),)


def test_an_expired_acceptance_that_was_renewed_is_no_news():
    parts = parted([NEW], profile(accept(NEW, SUNDAY), accept(NEW, MONDAY)), MONDAY)

    assert (parts.counted, parts.use.expired) == ((), ())


def test_entries_that_meet_nothing_are_named():
    entries = profile(IgnoredPath("gone/**", "retired"), Acceptance("f" * 16, "known", "Ada", MONDAY))

    assert parted([NEW], entries, MONDAY).use.idle == ("f" * 16, "gone/**")


def test_an_empty_profile_changes_nothing():
    parts = parted([OLD, NEW], profile(), MONDAY)

    assert (parts.counted, parts.aside) == ((OLD, NEW), ())
