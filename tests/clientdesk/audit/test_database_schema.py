from __future__ import annotations

import time

import pytest

from clientdesk.audit.database_schema import tables_of, unindexed

USERS = '  create_table "users" do |t|\n  end\n'


def found(text, path="db/schema.rb"):
    return [(one.table, one.column, one.line) for one in unindexed(tables_of(path, text))]


def test_a_foreign_key_without_index_is_told_with_its_line():
    assert found(USERS + '  create_table "posts" do |t|\n    t.bigint "user_id"\n  end\n') == [("posts", "user_id", 4)]


@pytest.mark.parametrize(
    "text",
    [
        '  create_table "posts" do |t|\n    t.bigint "user_id"\n    t.index ["user_id"]\n  end\n',
        '  create_table "posts" do |t|\n    t.bigint "user_id"\n  end\n  add_index "posts", ["user_id", "a"]\n',
        '  create_table "posts" do |t|\n    t.bigint "user_id"\n    t.index "user_id"\n  end\n',
        '  create_table "posts" do |t|\n    t.string "user_id"\n  end\n',
        '  create_table "posts" do |t|\n    t.bigint "facebook_id"\n  end\n',
        '  create_table "posts", primary_key: ["user_id", "n"] do |t|\n    t.bigint "user_id"\n  end\n',
    ],
)
def test_an_index_that_begins_with_it_or_no_table_to_lead_to_is_enough(text):
    assert found(USERS + text) == []


@pytest.mark.parametrize(("name", "column"), [("categories", "category"), ("addresses", "address"), ("boxes", "box")])
def test_a_declared_key_is_told_by_the_table_it_leads_to(name, column):
    text = f'  create_table "posts" do |t|\n    t.bigint "{column}_id"\n  end\n  add_foreign_key "posts", "{name}"\n'

    assert found(text) == [("posts", f"{column}_id", 2)]


def test_sql_of_postgresql_and_mysql_is_read():
    head = "CREATE TABLE public.users (\n    id bigint\n);\nCREATE TABLE `posts` (\n  `user_id` bigint,\n"

    assert found(f"{head});\n", "db/structure.sql") == [("posts", "user_id", 5)]
    assert found(f"{head}  KEY `i` (`user_id`)\n);\n", "db/structure.sql") == []
    assert found(f"{head});\nCREATE INDEX i ON public.posts USING btree (user_id DESC);\n", "db/structure.sql") == []


def test_a_long_hostile_line_takes_no_time():
    began = time.monotonic()

    found('  create_table "a' + " UNIQUE KEY" * 90_000, "db/structure.sql")
    found("  t.index [" * 90_000)

    assert time.monotonic() - began < 2
