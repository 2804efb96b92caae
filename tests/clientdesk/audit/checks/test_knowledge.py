from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from fakes.repository import COMMITTED_AT, RepositoryFromText

from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.audit.checks.knowledge import CHECK
from clientdesk.audit.metric_rows import rows_of
from clientdesk.audit.repository import Author, Commit
from clientdesk.audit.result import Outcome
from clientdesk.domain.intake import RepositoryAddress

MONDAY = date(2026, 3, 2)
FILES = {f"{area}/{n}.py": "x = 1\n" for area in ("shop", "billing", "search") for n in range(3)}


def commits(name, number, *paths, days_ago=0):
    author = Author(name.lower(), name)
    return [
        Commit(f"{name}{days_ago}{n}{paths}", COMMITTED_AT - timedelta(days=days_ago + n), author, paths)
        for n in range(number)
    ]


def look(*history, **more):
    made = sorted((commit for part in history for commit in part), key=lambda commit: commit.at, reverse=True)
    return CHECK.look(RepositoryFromText(FILES, commits=made, **more), MONDAY)


def test_shared_work_is_clean():
    result = look(*(commits(name, 15, "shop/0.py") for name in ("Ada", "Bo", "Cy")))

    assert (result.outcome, result.reason) == (
        Outcome.CLEAN,
        "1 area of code; 3 people in the year before this commit; the main author of no area has gone quiet.",
    )


def test_knowledge_in_one_head_is_found_once():
    (finding,) = look(commits("Ada", 27, "shop/0.py"), commits("Bo", 3, "shop/0.py")).findings

    assert (finding.rule, finding.severity) == ("knowledge.one-head", "low")
    assert finding.evidence == "Ada made 90% of the 30 commits of the year before this commit."


def test_a_small_product_by_one_person_is_what_it_is():
    assert look(commits("Ada", 10, "shop/0.py")).outcome is Outcome.CLEAN


def test_areas_known_by_one_person_each_are_one_remark():
    (finding,) = look(commits("Ada", 25, "shop/0.py"), commits("Bo", 25, "billing/0.py")).findings

    assert (finding.rule, finding.severity, finding.effort) == ("knowledge.one-head-areas", "info", "")
    assert finding.evidence == "At least 80% of the commits of three years: billing (Bo, 100%) and shop (Ada, 100%)."


def test_an_area_whose_main_author_has_gone_quiet_is_found():
    old = commits("Ada", 30, "billing/0.py", days_ago=200)
    new = [*commits("Bo", 4, "billing/0.py"), *commits("Cy", 30, "shop/0.py"), *commits("Bo", 30, "shop/0.py")]

    (finding,) = look(old, new).findings

    assert (finding.rule, finding.title) == ("knowledge.gone-quiet", "Whoever knew billing best has gone quiet")
    assert finding.evidence == (
        "Ada made 88% of the 34 commits of three years there, and none anywhere for 200 days; "
        "others changed it 4 times in the last half year."
    )


def test_whoever_is_active_elsewhere_can_be_asked():
    old = commits("Ada", 30, "billing/0.py", days_ago=200)
    new = [*commits("Bo", 4, "billing/0.py"), *commits("Ada", 15, "shop/0.py"), *commits("Bo", 30, "shop/0.py")]

    assert [f.rule for f in look(old, new).findings] == ["knowledge.one-head-areas"]


def test_an_area_that_nobody_touches_rests():
    old = commits("Ada", 30, "billing/0.py", days_ago=200)
    new = [*commits("Cy", 30, "shop/0.py"), *commits("Bo", 30, "shop/0.py")]

    assert [f.rule for f in look(old, new).findings] == ["knowledge.one-head-areas"]


def test_each_area_is_told_with_its_people():
    result = look(commits("Ada", 6, "shop/0.py", "billing/0.py"), commits("Bo", 2, "shop/1.py", days_ago=30))

    assert rows_of(result.metrics, "knowledge") == [
        {"area": "shop", "commits": 8, "authors": 2, "main_author": "Ada", "share": 75, "quiet_days": 0},
        {"area": "billing", "commits": 6, "authors": 1, "main_author": "Ada", "share": 100, "quiet_days": 0},
    ]


def test_a_mail_address_used_as_a_name_is_cut():
    result = look(commits("ada@example.com", 30, "shop/0.py"))

    assert "example.com" not in repr(result)
    assert result.metrics["knowledge.1.main_author"] == "ada"


def test_no_history_could_not_run_and_a_shallow_one_is_a_gap():
    shallow = look(commits("Ada", 2, "shop/0.py"), complete=False)

    assert look().outcome is Outcome.COULD_NOT_RUN
    assert shallow.gaps == ("The history of the last year is not whole.",)


def test_in_a_real_repository_one_person_under_two_names_is_one(repository_of, tmp_path):
    source = repository_of()
    mailmap = "Ada Lovelace <ada@example.com> <ada@home.example>\n"
    source.commit({"shop/a.py": "0", ".mailmap": mailmap}, at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    for change in range(1, 25):
        who = "Ada Lovelace <ada@example.com>" if change % 2 else "ada <ada@home.example>"
        source.commit({"shop/a.py": str(change)}, author=who)
    checkouts = GitCheckouts(tmp_path / "clones", print, folders_allowed=True)

    result = CHECK.look(checkouts.open(checkouts.fetch(RepositoryAddress(source.address))), MONDAY)

    assert [finding.evidence for finding in result.findings] == [
        "Ada Lovelace made 100% of the 25 commits of the year before this commit."
    ]
    assert "example" not in repr((result.findings, result.metrics))
