import pytest
from fakes.parsed import parsed

from clientdesk.adapters.analysers.rules import ruby_data


def facts(source):
    return ruby_data.facts(parsed("ruby", source))


def test_associations_are_told_by_model_and_number():
    source = "class Blog::Post\n  belongs_to :author\n  has_many :notes, dependent: :destroy\nend\n"

    assert facts(source)["associations"] == [[2, "Post", "author", False], [3, "Post", "notes", True]]


@pytest.mark.parametrize(
    ("query", "eager", "whole"),
    [
        ("Post.all", False, True),
        ("Post.where(a: 1)", False, False),
        ("Post.includes(:author)", True, True),
        ("Post.recent", True, False),  # what a scope does is not known
    ],
)
def test_rows_are_kept_under_a_name_in_an_action(query, eager, whole):
    assert facts(f"def index\n  @posts = {query}\nend\n")["rows"] == [[2, "index", "@posts", "Post", eager, whole]]


@pytest.mark.parametrize("value", ["Post.find(1)", "Post.new", "POSTS.first", "load_posts", "Post.where(a: 1).first"])
def test_one_record_or_something_else_is_no_rows(value):
    assert not any(model for *_, model, _, _ in facts(f"@posts = {value}\n").get("rows", []) if value != "Post.new")


def test_a_loop_reads_what_is_used_further():
    source = "@posts.each do |post|\n  post.author.name\n  post.title\n  post.tags.build\n  other.author.name\nend\n"

    assert facts(source)["loops"] == [[1, "", "@posts", ["author"]]]


def test_a_loop_over_a_query_that_loads_more_is_no_fact():
    assert "loops" not in facts("Post.includes(:author).each { |post| post.author.name }")


def test_answers_with_every_record_are_told_from_those_with_some():
    assert facts("def index\n  render json: Post.all\nend\n")["answers"] == [[2, "index", "Post", True]]
    assert "answers" not in facts("def index\n  render json: Post.limit(3)\nend\n")
