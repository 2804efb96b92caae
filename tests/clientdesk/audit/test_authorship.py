from datetime import UTC, datetime

from clientdesk.audit.authorship import by_people, is_bot, reaches, shown_name, since
from clientdesk.audit.repository import Author, Commit, History

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SUNDAY = datetime(2026, 3, 1, tzinfo=UTC)
ADA, BOT = Author("a", "Ada"), Author("b", "dependabot[bot]")


def test_programs_are_no_people():
    commits = [Commit("1", MONDAY, ADA), Commit("2", MONDAY, BOT)]

    assert is_bot(BOT)
    assert [commit.id for commit in by_people(commits)] == ["1"]


def test_mail_addresses_are_not_printed():
    names = ["Ada Lovelace", "ada@example.com", "@", ""]

    assert [shown_name(Author("k", name)) for name in names] == [
        "Ada Lovelace",
        "ada",
        "somebody without a name",
        "somebody without a name",
    ]


def test_a_cut_history_reaches_as_far_as_its_oldest_commit():
    cut = History((Commit("2", MONDAY, ADA), Commit("1", SUNDAY, ADA)), complete=False)

    assert [reaches(cut, MONDAY), reaches(cut, SUNDAY), reaches(History(complete=False), MONDAY)] == [
        True,
        False,
        False,
    ]
    assert [commit.id for commit in since(cut.commits, MONDAY)] == ["2"]
