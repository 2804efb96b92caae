import ast

import pytest

from clientdesk.adapters.analysers.django_data import facts


def told(source):
    return facts(ast.parse(source), source.encode())


def test_foreign_keys_are_told_by_model():
    source = "class Post(models.Model):\n    author = models.ForeignKey('User')\n    n = models.IntegerField()\n"

    assert told(source)["associations"] == [[2, "Post", "author", False]]


@pytest.mark.parametrize(
    ("query", "is_told"),
    [
        ("Post.objects.all()", True),
        ("Post.objects.filter(a=1).order_by('b')", True),
        ("Post.objects.select_related('author')", False),
        ("Post.objects.published()", False),
        ("posts", False),
    ],
)
def test_a_loop_is_told_where_nothing_more_is_loaded(query, is_told):
    source = f"def f(posts):\n    for post in {query}:\n        print(post.author.name)\n# .objects\n"

    assert told(source).get("loops", []) == ([[2, "f", "Post", ["author"]]] if is_told else [])


def test_what_a_record_holds_itself_is_no_question():
    assert told("def f():\n    for p in Post.objects.all():\n        p.author.pk, p.author_id, p.title\n") == {}


def test_files_without_records_cost_nothing():
    assert told("for a in b:\n    a.b.c\n") == {}
