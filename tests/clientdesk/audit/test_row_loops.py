from __future__ import annotations

import pytest

from clientdesk.audit.data_facts import Answer, Association, DataReport, RowLoop, Rows
from clientdesk.audit.result import Tool
from clientdesk.audit.row_loops import asked_again, given_out_whole

POSTS = "app/controllers/posts_controller.rb"
VIEW = "app/views/posts/index.html.erb"
AUTHOR = Association("app/models/post.rb", 2, "Post", "author", False)
NOTES = Association("app/models/post.rb", 3, "Post", "notes", True)


def report(**facts):
    return DataReport(Tool("x", "1"), associations=(AUTHOR, NOTES), **facts)


def kept(eager=False, path=POSTS, scope="index", name="@posts", whole=True):
    return Rows(path, 3, scope, name, "Post", eager, whole)


def loop(path=VIEW, scope="", source="@posts", reads=("author",)):
    return RowLoop(path, 1, scope, source, reads)


def read(loop_, *rows, columns=""):
    return [one.read for one in asked_again(report(loops=(loop_,), rows=rows), columns)]


def test_a_view_asks_again_for_what_its_action_did_not_load():
    assert read(loop(), kept()) == ["author"]


@pytest.mark.parametrize(
    "row",
    [
        kept(eager=True),
        kept(scope="show"),
        kept(name="@others"),
        kept(path="app/controllers/notes_controller.rb"),
    ],
)
def test_rows_of_another_action_or_loaded_with_more_say_nothing(row):
    assert read(loop(), row) == []


def test_a_part_of_a_page_is_seen_with_every_action_of_its_controller():
    part = loop("app/views/posts/_list.html.erb")

    assert read(part, kept(scope="a")) == ["author"]
    assert read(part, kept(scope="a"), kept(scope="b", eager=True)) == []


def test_a_count_kept_in_a_column_is_no_question():
    assert read(loop(reads=("notes",)), kept()) == ["notes"]
    assert read(loop(reads=("notes",)), kept(), columns='t.integer "notes_count"') == []


@pytest.mark.parametrize("path", ["app/jobs/a.rb", "lib/a.rb", "spec/views/a_spec.rb", "blog/management/commands/a.py"])
def test_work_that_no_visitor_waits_for_is_passed_over(path):
    assert read(loop(path, source="Post")) == []


def test_two_models_of_one_name_are_not_told_apart():
    other = Association("engine/app/models/post.rb", 2, "Post", "author", False)
    both = DataReport(Tool("x", "1"), associations=(AUTHOR, other), loops=(loop("app/helpers/a.rb", source="Post"),))

    assert list(asked_again(both, "")) == []


@pytest.mark.parametrize(
    ("answer", "rows", "models"),
    [
        (Answer(POSTS, 4, "index", "Post", True), (), ["Post"]),
        (Answer(POSTS, 4, "index", "Country", True), (), []),
        (Answer(POSTS, 4, "export", "Post", True), (), []),
        (Answer(POSTS, 4, "index", "@posts", False), (kept(),), ["Post"]),
        (Answer(POSTS, 4, "index", "@posts", False), (kept(whole=False),), []),
        (Answer("spec/a_spec.rb", 4, "index", "Post", True), (), []),
    ],
)
def test_a_list_that_answers_with_all_is_told(answer, rows, models):
    assert [model for _, model in given_out_whole(report(answers=(answer,), rows=rows))] == models
