from __future__ import annotations

from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.data_smells import CHECK
from clientdesk.audit.data_facts import OTHER_DATA, PYTHON_DATA, Answer, Association, DataReport, Import, RowLoop
from clientdesk.audit.repository import ToolFailed, UnreadFile
from clientdesk.audit.result import Outcome, Severity, Tool

MONDAY = date(2026, 3, 2)
RULES = Tool("clientdesk data rules", "1")
SCHEMA = '  create_table "users" do |t|\n  end\n  create_table "posts" do |t|\n    t.bigint "user_id"\n  end\n'
AUTHOR = Association("app/models/post.rb", 2, "Post", "author", False)


def look(files=None, **facts):
    return CHECK.look(
        RepositoryFromText({"a.rb": "x", **(files or {})}, {OTHER_DATA: DataReport(RULES, **facts)}), MONDAY
    )


def test_nothing_found_is_clean():
    assert look().outcome is Outcome.CLEAN


def test_a_foreign_key_without_index_is_found_in_the_schema():
    (finding,) = look({"db/schema.rb": SCHEMA}).findings

    assert (finding.rule, finding.path, finding.line) == ("data-smells.no-index", "db/schema.rb", 4)
    assert "can't be seen here" in finding.evidence


def test_models_without_a_schema_leave_a_gap():
    result = look(associations=(AUTHOR,))

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert "indexes not examined" in result.gaps[0]


def test_a_loop_says_what_was_assumed_and_what_mends_it():
    loop = RowLoop("app/helpers/a.rb", 7, "f", "Post", ("author",))

    (finding,) = look(associations=(AUTHOR,), loops=(loop,)).findings

    assert (finding.rule, finding.severity, finding.line) == ("data-smells.query-per-record", Severity.MEDIUM, 7)
    assert "Assumed:" in finding.evidence
    assert "includes('author')" in finding.fix_now


def test_of_many_places_five_are_shown_and_all_are_counted():
    loops = tuple(RowLoop("app/helpers/a.rb", n, "f", "Post", ("author",)) for n in range(1, 9))

    findings = look(associations=(AUTHOR,), loops=loops).findings

    assert len(findings) == 5
    assert "one of 8 such places" in findings[0].evidence


def test_pages_by_default_spare_views_of_the_rest_framework():
    answer = Answer("api/views.py", 3, "Posts", "Post", True)
    report = DataReport(RULES, answers=(answer,))
    plain = {"api/views.py": "x"}
    paged = {**plain, "site/settings.py": "REST_FRAMEWORK = {'DEFAULT_PAGINATION_CLASS': 'x'}"}

    found = [len(CHECK.look(RepositoryFromText(f, {PYTHON_DATA: report}), MONDAY).findings) for f in (plain, paged)]

    assert found == [1, 0]


def test_a_heavy_package_is_told_and_not_measured():
    files = {"package.json": '{"dependencies": {"react-dom": "19.0.0", "moment": "2.30.1"}}'}

    (finding,) = look(files, imports=(Import("src/a.js", 2, "moment"),)).findings

    assert (finding.rule, finding.severity, finding.path) == ("data-smells.moment", Severity.LOW, "src/a.js")
    assert "not measured" in finding.evidence


def test_a_file_that_can_not_be_read_is_not_clean():
    assert look(unread=(UnreadFile("a.rb", "binary"),)).outcome is Outcome.COULD_NOT_RUN


def test_code_in_other_languages_is_not_applicable():
    assert CHECK.look(RepositoryFromText({"a.go": "x"}), MONDAY).outcome is Outcome.NOT_APPLICABLE


def test_a_failed_analyser_is_raised_for_the_runner():
    with pytest.raises(ToolFailed):
        CHECK.look(RepositoryFromText({"a.rb": "x"}), MONDAY)
